//! The service, from outside: what clients send, well or badly, and what comes back.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A service on a port of its own; it ends with this value.
pub struct Service {
    child: Child,
    pub at: SocketAddr,
    /// What it says on standard error after the first line.
    says: BufReader<std::process::ChildStderr>,
}

impl Service {
    pub fn start(args: &[&str]) -> Service {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recoupe"));
        command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut says = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        says.read_line(&mut line).unwrap();
        let at = line.split_once("http://").unwrap_or_else(|| panic!("{line}")).1;
        let at = at.split(' ').next().unwrap().parse().unwrap();
        Service { child, at, says }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends one request on a connection of its own.
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(&request(self.at, method, path, headers, body)).unwrap();
        Answer::read(&mut BufReader::new(stream)).unwrap_or_else(|| panic!("no answer to {method} {path}"))
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], b"")
    }

    fn post(&self, path: &str, media: &str, body: impl AsRef<[u8]>) -> Answer {
        self.ask("POST", path, &[("content-type", media)], body.as_ref())
    }

    fn check(&self, asked: &Value) -> Answer {
        self.post("/check", "application/json", asked.to_string())
    }

    /// Fails where the service does not answer.
    #[track_caller]
    fn is_well(&self) {
        assert_eq!(self.get("/health").json()["status"], "ok");
    }

    /// Resident memory, in kilobytes.
    #[cfg(target_os = "linux")]
    fn memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|l| l.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap().success());
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn request(at: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\n");
    if !headers.iter().any(|(name, _)| *name == "host") {
        head.push_str(&format!("host: {at}\r\n"));
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if method == "POST" {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    [head.as_bytes(), body].concat()
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Reads one answer; `None` where the connection ends before it.
    fn read(stream: &mut impl BufRead) -> Option<Answer> {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let status = line.split(' ').nth(1)?.parse().ok()?;
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer { status, headers, body: Vec::new() };
        let length = answer.header("content-length").map_or(0, |n| n.parse().unwrap());
        answer.body = vec![0; length];
        stream.read_exact(&mut answer.body).ok()?;
        Some(answer)
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Status and the code of the error.
    #[track_caller]
    fn refusal(&self) -> (u16, String) {
        let json = self.json();
        assert!(json["error"]["message"].as_str().is_some_and(|m| m.len() > 10), "{json}");
        (self.status, json["error"]["code"].as_str().unwrap().to_owned())
    }
}

fn refused(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

/// A sentence whose sum is wrong by as much as tells it from every other.
fn story(n: usize) -> String {
    format!("Le lycée accueille {} internes : {} garçons et 30 filles.", 1000 + n, 960 + n)
}

/// The words under the marks of all findings.
fn marked(report: &Value) -> Vec<String> {
    let findings = report["files"][0]["findings"].as_array().unwrap();
    findings.iter().flat_map(|f| f["labels"].as_array().unwrap()).map(|l| l["text"].as_str().unwrap().to_owned()).collect()
}

fn command(args: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_recoupe")).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap().stdout
}

#[test]
fn what_the_service_says_is_what_the_command_says() {
    let service = Service::start(&[]);
    let draft = std::fs::read("examples/almaty.md").unwrap();
    let check = service.post("/check", "text/markdown; charset=utf-8", &draft);
    assert_eq!((check.status, check.header("content-type")), (200, Some("application/json")));
    assert_eq!(check.body, command(&["check", "--format", "json", "--input-format", "markdown", "-"], &draft));
    let notes = service.post("/check?notes=true&lang=fr&published=2022-01-08&ui_lang=en", "text/markdown", &draft);
    let args =
        ["check", "--format=json", "--input-format=markdown", "--notes", "--lang=fr", "--date=2022-01-08", "--ui-lang=en", "-"];
    assert_eq!(notes.body, command(&args, &draft));
    let facts = service.post("/facts", "text/markdown", &draft);
    assert_eq!(facts.body, command(&["facts", "--format", "json", "--input-format", "markdown", "-"], &draft));
    let rules: Value = serde_json::from_slice(&command(&["rules", "--format", "json"], b"")).unwrap();
    assert_eq!(service.get("/rules").json(), rules);
    let as_json = service.check(&json!({"text": String::from_utf8(draft).unwrap(), "format": "markdown"}));
    assert_eq!(as_json.body, check.body);
}

#[test]
fn json_asks_for_one_draft_in_every_way() {
    let service = Service::start(&[]);
    let text = "<p>Le maire, Jean <b>Dupont</b>, reçoit 31 élus le 31 avril.</p>";
    let report = service.check(&json!({"content": text, "format": "html", "lang": "fr", "ui_lang": "en"})).json();
    let finding = &report["files"][0]["findings"][0];
    assert_eq!(finding["rule"], "impossible-date");
    assert!(finding["message"].as_str().unwrap().contains("exist"), "{finding}");
    let span = &finding["labels"][0]["span"];
    assert_eq!(&text.as_bytes()[span["start"].as_u64().unwrap() as usize..span["end"].as_u64().unwrap() as usize], b"31 avril");
    // Levels for this draft alone.
    let asked = |setting: &str| json!({"text": story(0), "lang": "fr", "rules": {"sum-mismatch": setting}});
    assert_eq!(service.check(&asked("off")).json()["summary"]["error"], 0);
    let warned = service.check(&asked("warning")).json();
    assert_eq!((&warned["summary"]["error"], &warned["summary"]["warning"]), (&json!(0), &json!(1)));
    assert_eq!(service.check(&json!({"text": story(0), "lang": "fr"})).json()["summary"]["error"], 1);
    // Weekdays are read against the day of publication.
    let dated = service.check(&json!({"text": story(0), "published": "2024-05-17"})).json();
    assert_eq!(dated["files"][0]["published"], "2024-05-17");
    assert_eq!(service.check(&json!({"text": ""})).status, 200);
}

#[test]
fn what_cannot_be_used_is_told_and_how_to_mend_it() {
    let service = Service::start(&[]);
    let bad = |asked: Value| service.check(&asked).refusal();
    assert_eq!(service.post("/check", "application/json", "{\"text\": \"a").refusal(), refused(400, "bad-json"));
    assert_eq!(service.post("/check", "application/json", b"{\"text\": \"\xff\"}").refusal(), refused(400, "bad-json"));
    assert_eq!(service.post("/check", "application/json", "[".repeat(100_000)).refusal(), refused(400, "bad-json"));
    assert_eq!(bad(json!({})), refused(400, "bad-json"));
    assert_eq!(bad(json!({"text": "a", "txet": "b"})), refused(400, "bad-json"));
    assert_eq!(bad(json!({"text": "a", "notes": "yes"})), refused(400, "bad-json"));
    assert_eq!(bad(json!({"text": "a", "lang": "xx"})), refused(400, "bad-language"));
    assert_eq!(bad(json!({"text": "a", "ui_lang": "de"})), refused(400, "bad-language"));
    assert_eq!(bad(json!({"text": "a", "format": "docx?"})), refused(400, "bad-format"));
    assert_eq!(bad(json!({"text": "a", "published": "2024-02-30"})), refused(400, "bad-date"));
    assert_eq!(bad(json!({"text": "a", "published": "é24-02-1"})), refused(400, "bad-date"));
    let unknown = service.check(&json!({"text": "a", "rules": {"sum-missmatch": "off"}}));
    assert!(unknown.text().contains("did you mean `sum-mismatch`?"), "{}", unknown.text());
    assert_eq!(unknown.refusal(), refused(400, "no-such-rule"));
    assert_eq!(service.post("/check", "application/x-www-form-urlencoded", "text=a").refusal(), refused(415, "bad-content-type"));
    assert_eq!(service.post("/check?lang=fr", "application/json", "{\"text\":\"a\"}").refusal(), refused(400, "bad-query"));
    for query in ["txet=a", "notes=yes", "lang=fr&lang=en", "rules=x", "text=a"] {
        assert_eq!(service.post(&format!("/check?{query}"), "text/plain", "a").refusal(), refused(400, "bad-query"), "{query}");
    }
    assert_eq!(service.post("/facts?notes=true", "text/plain", "a").refusal(), refused(400, "bad-query"));
    assert_eq!(service.get("/rules?x=1").refusal(), refused(400, "bad-query"));
    let pdf = service.post("/check", "application/octet-stream", b"%PDF-1.7\n");
    assert!(pdf.text().contains("this is a PDF file"), "{}", pdf.text());
    assert_eq!(pdf.refusal(), refused(422, "unreadable"));
    assert_eq!(service.get("/nothing").refusal(), refused(404, "no-such-page"));
    assert_eq!(service.get("/check").refusal(), refused(405, "bad-method"));
    let zipped = service.ask("POST", "/check", &[("content-type", "text/plain"), ("content-encoding", "gzip")], b"\x1f\x8b");
    assert_eq!(zipped.refusal(), refused(415, "bad-encoding"));
    service.is_well();
}

#[test]
fn a_body_that_is_too_large_is_refused_and_costs_no_memory() {
    let service = Service::start(&[]);
    service.is_well();
    #[cfg(target_os = "linux")]
    let before = service.memory();
    let huge = vec![b'a'; 50 << 20];
    let told = service.post("/check", "text/plain", &huge);
    assert_eq!(told.refusal(), refused(413, "too-large"));
    assert_eq!(told.header("connection"), Some("close"));
    assert_eq!(service.post("/v2/check", "application/x-www-form-urlencoded", &huge).status, 413);
    // A client that asks first is told before it sends.
    let mut stream = service.connect();
    let head = format!("POST /check HTTP/1.1\r\nhost: {}\r\nexpect: 100-continue\r\ncontent-length: 52428800\r\n\r\n", service.at);
    stream.write_all(head.as_bytes()).unwrap();
    assert_eq!(Answer::read(&mut BufReader::new(stream)).unwrap().refusal(), refused(413, "too-large"));
    // One that does not say how much is coming.
    let mut stream = service.connect();
    let head =
        format!("POST /check HTTP/1.1\r\nhost: {}\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n", service.at);
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = [b"100000\r\n".as_slice(), &vec![b'a'; 1 << 20], b"\r\n"].concat();
    (0..5).for_each(|_| stream.write_all(&chunk).unwrap());
    stream.write_all(b"0\r\n\r\n").unwrap();
    assert_eq!(Answer::read(&mut BufReader::new(stream)).unwrap().refusal(), refused(413, "too-large"));
    service.is_well();
    #[cfg(target_os = "linux")]
    assert!(service.memory() < before + 20_000, "{before} KB before, {} KB after", service.memory());
    let small = Service::start(&["--max-size", "100"]);
    assert_eq!(small.post("/check", "text/plain", "a".repeat(100)).status, 200);
    assert_eq!(small.post("/check", "text/plain", "a".repeat(101)).refusal(), refused(413, "too-large"));
}

#[test]
fn a_client_that_leaves_or_speaks_nonsense_harms_nobody() {
    let service = Service::start(&[]);
    for part in [0, 1, 20, 60] {
        let whole = request(service.at, "POST", "/check", &[("content-type", "text/plain")], story(1).as_bytes());
        let mut stream = service.connect();
        stream.write_all(&whole[..part.min(whole.len())]).unwrap();
        let _ = stream.shutdown(Shutdown::Both);
    }
    // In the middle of the body, and before the answer.
    let whole = request(service.at, "POST", "/check", &[("content-type", "text/plain")], story(1).repeat(200).as_bytes());
    for part in [whole.len() - 5, whole.len()] {
        let mut stream = service.connect();
        stream.write_all(&whole[..part]).unwrap();
        drop(stream);
    }
    for nonsense in
        [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".as_slice(), b"GET\r\n\r\n", b"\0\0\0\0\r\n\r\n", &[b'A'; 200_000]]
    {
        let mut stream = service.connect();
        let _ = stream.write_all(nonsense);
        let _ = stream.shutdown(Shutdown::Write);
        let mut said = Vec::new();
        let _ = stream.read_to_end(&mut said);
        assert!(said.is_empty() || said.starts_with(b"HTTP/1.1 4"), "{}", String::from_utf8_lossy(&said));
    }
    service.is_well();
}

#[test]
fn a_slow_sender_is_given_up_while_others_are_answered() {
    let service = Service::start(&["--patience", "3"]);
    let begun = Instant::now();
    let mut slow_body = service.connect();
    let head = format!("POST /check HTTP/1.1\r\nhost: {}\r\ncontent-type: text/plain\r\ncontent-length: 1000\r\n\r\n", service.at);
    slow_body.write_all(head.as_bytes()).unwrap();
    let mut slow_head = service.connect();
    slow_head.write_all(b"POST /check HTTP/1.1\r\n").unwrap();
    for i in 0..10 {
        // What is sent to a connection that was closed already would cost the answer.
        if begun.elapsed() < Duration::from_secs(2) {
            slow_body.write_all(b"a").unwrap();
            slow_head.write_all(b"x").unwrap();
        }
        assert_eq!(marked(&service.check(&json!({"text": story(i), "lang": "fr"})).json())[0], format!("{} internes", 1000 + i));
        std::thread::sleep(Duration::from_millis(20));
    }
    let told = Answer::read(&mut BufReader::new(slow_body)).unwrap();
    assert_eq!(told.refusal(), refused(408, "too-slow"));
    let mut rest = Vec::new();
    let _ = slow_head.read_to_end(&mut rest);
    assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 4"), "{}", String::from_utf8_lossy(&rest));
    service.is_well();
}

#[test]
fn two_hundred_at_once_each_get_their_own_answer() {
    let service = Service::start(&[]);
    let at = service.at;
    let all: Vec<_> = (0..200)
        .map(|n| {
            std::thread::spawn(move || {
                let mut stream = TcpStream::connect(at).unwrap();
                stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
                let asked = json!({"text": story(n), "lang": "fr"}).to_string();
                stream
                    .write_all(&request(at, "POST", "/check", &[("content-type", "application/json")], asked.as_bytes()))
                    .unwrap();
                let answer = Answer::read(&mut BufReader::new(stream)).unwrap();
                assert_eq!(answer.status, 200, "{}", answer.text());
                assert_eq!(marked(&answer.json())[0], format!("{} internes", 1000 + n));
            })
        })
        .collect();
    for (n, one) in all.into_iter().enumerate() {
        assert!(one.join().is_ok(), "request {n}");
    }
    service.is_well();
}

#[test]
fn drafts_on_one_connection_are_answered_in_order() {
    let service = Service::start(&[]);
    let mut stream = service.connect();
    let requests: Vec<Vec<u8>> = (0..20)
        .map(|n| request(service.at, "POST", "/check?lang=fr", &[("content-type", "text/plain")], story(n).as_bytes()))
        .collect();
    stream.write_all(&requests.concat()).unwrap();
    let mut answers = BufReader::new(stream);
    for n in 0..20 {
        assert_eq!(marked(&Answer::read(&mut answers).unwrap().json())[0], format!("{} internes", 1000 + n));
    }
}

#[test]
fn names_and_origins_that_are_not_its_own_are_refused() {
    let service = Service::start(&["--allow-origin", "https://cms.example", "--allow-host", "checks.desk.example"]);
    let at = service.at.to_string();
    let own = format!("http://{at}");
    let from = |host: &str, origin: &str| {
        service.ask("POST", "/check", &[("host", host), ("origin", origin), ("content-type", "text/plain")], b"a")
    };
    assert_eq!(from("evil.example:8750", "http://evil.example:8750").refusal(), refused(403, "host-not-allowed"));
    assert_eq!(from(&at, "http://evil.example").refusal(), refused(403, "origin-not-allowed"));
    assert_eq!(from(&at, "null").refusal(), refused(403, "origin-not-allowed"));
    assert!(from(&at, "http://evil.example").header("access-control-allow-origin").is_none());
    assert_eq!(from(&at, &own).status, 200);
    assert_eq!(from("checks.desk.example", "https://checks.desk.example").status, 200);
    let let_in = from(&at, "https://cms.example");
    assert_eq!((let_in.status, let_in.header("access-control-allow-origin")), (200, Some("https://cms.example")));
    let first =
        |origin: &str| service.ask("OPTIONS", "/check", &[("origin", origin), ("access-control-request-method", "POST")], b"");
    assert_eq!((first("https://cms.example").status, first("http://evil.example").status), (204, 403));
    assert_eq!(first("https://cms.example").header("access-control-allow-headers"), Some("content-type"));
    let mut stream = service.connect();
    stream.write_all(b"GET /health HTTP/1.1\r\n\r\n").unwrap();
    assert_eq!(Answer::read(&mut BufReader::new(stream)).unwrap().status, 400);
}

#[test]
fn every_answer_carries_the_headers_that_keep_drafts_at_home() {
    let service = Service::start(&[]);
    for path in ["/", "/page.js", "/page.css", "/words.js", "/icon.svg", "/health", "/nothing", "/v2/languages"] {
        let answer = service.get(path);
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{path}: {policy}");
    }
    let page = service.get("/").text();
    for outside in ["http://", "https://", "//cdn", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[cfg(unix)]
#[test]
fn it_stops_when_told_and_finishes_what_was_begun() {
    for signal in ["TERM", "INT"] {
        let mut service = Service::start(&[]);
        let whole = request(service.at, "POST", "/check?lang=fr", &[("content-type", "text/plain")], story(7).as_bytes());
        let mut stream = service.connect();
        stream.write_all(&whole[..whole.len() - 10]).unwrap();
        // What stands in the queue of the system is no request that was begun.
        service.is_well();
        std::thread::sleep(Duration::from_millis(100));
        service.signal(signal);
        let told = Instant::now();
        while TcpStream::connect(service.at).is_ok() {
            assert!(told.elapsed() < Duration::from_secs(4), "still listening");
            std::thread::sleep(Duration::from_millis(20));
        }
        stream.write_all(&whole[whole.len() - 10..]).unwrap();
        assert_eq!(marked(&Answer::read(&mut BufReader::new(stream)).unwrap().json())[0], "1007 internes");
        assert_eq!(service.child.wait().unwrap().code(), Some(0));
        let mut said = String::new();
        service.says.read_to_string(&mut said).unwrap();
        assert_eq!(said, "", "nothing of a draft is logged");
    }
}

#[test]
fn a_port_that_is_taken_and_bad_options_are_told() {
    let service = Service::start(&[]);
    let run = |args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_recoupe")).arg("serve").args(args).output().unwrap();
        (out.status.code(), String::from_utf8(out.stderr).unwrap())
    };
    let (code, said) = run(&["--listen", &service.at.to_string()]);
    assert_eq!(code, Some(2));
    assert!(said.starts_with(&format!("recoupe: cannot listen on {}: ", service.at)), "{said}");
    for args in
        [["--listen", "here"], ["--allow-origin", "cms.example"], ["--allow-host", "a b"], ["--max-size", "0"], ["--jobs", "0"]]
    {
        let (code, said) = run(&args);
        assert_eq!(code, Some(2), "{args:?}");
        assert!(said.contains(args[0]), "{said}");
    }
}

#[test]
fn the_description_tells_every_route() {
    let service = Service::start(&[]);
    let page = service.get("/openapi.json").json();
    assert_eq!(page["openapi"], "3.1.0");
    for (path, operations) in page["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let answer = service.ask(&method.to_uppercase(), path, &[], b"");
            assert!(![404, 405].contains(&answer.status), "{method} {path}: {}", answer.text());
            assert!(operation["summary"].is_string() && operation["responses"]["200"].is_object(), "{method} {path}");
        }
    }
    for path in ["/check", "/facts", "/rules", "/health", "/openapi.json", "/v2/check", "/v2/languages"] {
        assert!(page["paths"][path].is_object(), "{path}");
    }
    // Every reference leads somewhere.
    fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str));
                map.values().for_each(|v| references(v, found));
            }
            Value::Array(all) => all.iter().for_each(|v| references(v, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    references(&page, &mut found);
    assert!(found.len() > 10);
    for reference in found {
        assert!(page.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
    // What is answered has the keys that are described.
    let schemas = &page["components"]["schemas"];
    let report = service.check(&json!({"text": story(0), "lang": "fr"})).json();
    let keys = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<std::collections::BTreeSet<_>>();
    for (schema, value) in [
        ("CheckReport", &report),
        ("File", &report["files"][0]),
        ("Finding", &report["files"][0]["findings"][0]),
        ("Label", &report["files"][0]["findings"][0]["labels"][0]),
    ] {
        assert_eq!(keys(&schemas[schema]["properties"]), keys(value), "{schema}");
    }
}

/// Memory after `n` requests that send a story, in kilobytes, once at half of them and once at their end.
#[cfg(target_os = "linux")]
fn soak(n: usize, story: &str) -> (usize, usize) {
    let service = Service::start(&[]);
    let mut half = 0;
    let mut stream = BufReader::new(service.connect());
    for i in 0..n {
        let (path, media) =
            [("/check", "text/markdown"), ("/facts", "text/markdown"), ("/v2/check", "application/x-www-form-urlencoded")][i % 3];
        let body = if path == "/v2/check" {
            format!("language=auto&text={}", story.replace(['&', '+', '%', '#'], ""))
        } else {
            story.to_owned()
        };
        stream.get_mut().write_all(&request(service.at, "POST", path, &[("content-type", media)], body.as_bytes())).unwrap();
        assert_eq!(Answer::read(&mut stream).unwrap().status, 200);
        if i % 100 == 99 {
            stream = BufReader::new(service.connect());
        }
        if i == n / 2 {
            half = service.memory();
        }
    }
    (half, service.memory())
}

#[cfg(target_os = "linux")]
#[test]
fn memory_stays_flat_over_many_requests() {
    let (half, end) = soak(200, &std::fs::read_to_string("examples/saint-malo.md").unwrap());
    assert!(end < half + 6_000, "{half} KB at half, {end} KB at the end");
}

/// What a request leaves behind shows with a short draft as well as with a long one, which would take minutes without optimisation.
#[cfg(target_os = "linux")]
#[test]
fn memory_stays_flat_over_ten_thousand_requests() {
    let (half, end) = soak(10_000, "Le mardi 6 janvier 2022, douze personnes sont mortes à Lyon.");
    assert!(end < half + 4_000, "{half} KB at half, {end} KB at the end");
}

/// The commands of the manual, each with the address of a service that runs.
#[test]
fn the_commands_of_the_manual_work() {
    if !Command::new("curl").arg("--version").output().is_ok_and(|out| out.status.success()) {
        return crate::browser::skip("there is no curl");
    }
    let service = Service::start(&[]);
    let page = std::fs::read_to_string("docs/service.md").unwrap();
    let commands: Vec<&str> = page.lines().filter(|line| line.starts_with("curl ")).collect();
    assert!(commands.len() >= 9, "{commands:?}");
    for command in commands {
        let command =
            command.replacen("curl ", "curl --silent --fail-with-body ", 1).replace("127.0.0.1:8750", &service.at.to_string());
        // Older versions have no --json.
        let command = command.replace("--json ", "-H 'Content-Type: application/json' --data ");
        let out = Command::new("sh").args(["-c", &command]).output().unwrap();
        assert!(out.status.success(), "{command}\n{}", String::from_utf8_lossy(&out.stdout));
        let answer: Value = serde_json::from_slice(&out.stdout).unwrap_or_else(|e| panic!("{command}: {e}"));
        if command.contains("/check") {
            let found = answer["files"][0]["findings"].as_array().or(answer["matches"].as_array());
            assert!(found.is_some_and(|found| !found.is_empty()), "{command}: {answer}");
        }
    }
    // Every code that the manual lists is given, and the other way round.
    let source: String = ["draft.rs", "guard.rs", "refusal.rs", "routes.rs"]
        .map(|file| std::fs::read_to_string(format!("src/serve/{file}")).unwrap())
        .concat();
    let table = page.lines().skip_while(|l| *l != "| status | codes |").skip(2).take_while(|l| l.starts_with('|'));
    let listed: Vec<&str> = table.flat_map(|row| row.split('`').skip(1).step_by(2)).collect();
    for code in &listed {
        assert!(source.contains(&format!("\"{code}\"")), "no answer has the code {code}");
    }
    let given = regex::Regex::new(r#"Refusal::(?:bad\(|new\(\s*StatusCode::\w+,\s*)"([a-z-]+)""#).unwrap();
    for code in given.captures_iter(&source).map(|c| c.get(1).unwrap().as_str()) {
        assert!(listed.contains(&code), "docs/service.md does not list the code {code}");
    }
}
