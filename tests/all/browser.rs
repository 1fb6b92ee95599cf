//! A real browser for tests: Chromium without a window, driven by chromedriver over the WebDriver protocol.
//!
//! Where there is no chromedriver a test says that it was skipped, unless `RECOUPE_REQUIRE_CLIENTS` is set, as `.ci/run` sets it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

/// Without a window, without a profile that lasts, and without the requests that a browser makes of itself.
const ARGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A slow machine takes its time to start a browser; a browser that hangs must not hang the tests.
const PATIENCE: Duration = Duration::from_secs(120);

/// Says that a test was skipped for want of `what`; fails where outside programs are required.
#[track_caller]
pub fn skip(what: &str) {
    assert!(std::env::var_os("RECOUPE_REQUIRE_CLIENTS").is_none(), "RECOUPE_REQUIRE_CLIENTS is set, but {what}");
    skipped(what);
}

/// Says that a test was skipped, where nothing requires it. What a passing test prints is not shown, unless it goes to standard error itself.
pub fn skipped(what: &str) {
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let _ = writeln!(std::io::stderr(), "skipped {test}: {what}");
}

/// One browser with one window; it ends with this value.
pub struct Browser {
    driver: Child,
    port: u16,
    /// The path of the session: `/session/…`.
    session: String,
    profile: PathBuf,
}

impl Browser {
    /// Starts a browser; `None`, with a word on standard error, where there is none and none is required.
    pub fn start() -> Option<Browser> {
        let spawned =
            Command::new("chromedriver").arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut driver = match spawned {
            Ok(driver) => driver,
            Err(e) => {
                skip(&format!("chromedriver does not start: {e}"));
                return None;
            }
        };
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok());
        // Whatever else it says must be read, or it would wait.
        std::thread::spawn(move || lines.for_each(drop));
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let profile = std::env::temp_dir().join(format!("recoupe-browser-{}-{number}", std::process::id()));
        let mut browser = Browser { driver, port: port.unwrap_or(0), session: String::new(), profile };
        let own = format!("--user-data-dir={}", browser.profile.display());
        let args: Vec<&str> = ARGS.into_iter().chain([own.as_str()]).collect();
        let wanted = json!({"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": {"args": args}}}});
        match browser.send("POST", "/session", &wanted) {
            Ok(answer) => {
                browser.session = format!("/session/{}", answer["sessionId"].as_str().expect("a session has an id"));
                browser.resize(1200, 900);
                Some(browser)
            }
            Err(e) => {
                skip(&format!("chromedriver starts no browser: {e}"));
                None
            }
        }
    }

    /// Opens a page and waits until it has loaded.
    pub fn open(&self, url: &str) {
        // On a busy machine a browser may still be loading its own first page, which then takes the place of this one.
        for _ in 0..20 {
            self.post("/url", &json!({ "url": url }));
            let protocol = self.text("return location.protocol");
            if url.starts_with(&protocol) {
                return;
            }
            std::thread::sleep(Duration::from_millis(250));
        }
        panic!("the browser does not open {url}");
    }

    /// What a function body gives back: `return document.title`.
    pub fn script(&self, body: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": body, "args": [] }))
    }

    /// What a function body gives back, as text.
    pub fn text(&self, body: &str) -> String {
        let value = self.script(body);
        value.as_str().unwrap_or_else(|| panic!("no text but {value}: {body}")).to_owned()
    }

    /// Waits until a condition holds: `document.querySelector('mark') !== null`.
    #[track_caller]
    pub fn wait(&self, condition: &str) {
        for _ in 0..600 {
            if self.script(&format!("return Boolean({condition})")) == true {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("in vain waited for: {condition}");
    }

    /// Moves the pointer over the first element that a selector finds, which is scrolled into view.
    pub fn hover(&self, selector: &str) {
        let element = self.element(selector);
        let moves = json!([{"type": "pointerMove", "duration": 0, "x": 0, "y": 0, "origin": element}]);
        self.post("/actions", &json!({"actions": [{"type": "pointer", "id": "mouse", "actions": moves}]}));
    }

    /// Clicks the first element that a selector finds.
    pub fn click(&self, selector: &str) {
        let element = self.element(selector);
        let id = element.as_object().and_then(|o| o.values().next()).and_then(Value::as_str).expect("an element has an id");
        self.post(&format!("/element/{id}/click"), &json!({}));
    }

    /// Presses and releases each key in turn. Special keys have the code points of WebDriver: [`TAB`], [`ENTER`].
    pub fn keys(&self, keys: &str) {
        let press = |c: char| [json!({"type": "keyDown", "value": c}), json!({"type": "keyUp", "value": c})];
        let actions: Vec<Value> = keys.chars().flat_map(press).collect();
        self.post("/actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}));
    }

    /// Sets what the page is told of the reader's wishes and of the paper: `prefers-color-scheme: dark`, `print`.
    pub fn media(&self, media: &str, features: &[(&str, &str)]) {
        let features: Vec<Value> = features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.devtools("Emulation.setEmulatedMedia", &json!({"media": media, "features": features}));
    }

    /// A command of the Chrome DevTools protocol.
    pub fn devtools(&self, command: &str, params: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({"cmd": command, "params": params}))
    }

    /// Sets the size of the window, in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) {
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            &json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}),
        );
    }

    /// The window as a PNG, in base64.
    pub fn screenshot(&self) -> String {
        let answer = self.send("GET", &format!("{}/screenshot", self.session), &Value::Null);
        answer.unwrap_or_else(|e| panic!("no screenshot: {e}")).as_str().expect("a screenshot is text").to_owned()
    }

    #[track_caller]
    fn element(&self, selector: &str) -> Value {
        let sync = format!("{}/execute/sync", self.session);
        let shown = |element: &Value| {
            let script = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})";
            self.send("POST", &sync, &json!({"script": script, "args": [element]}))
        };
        let find = || self.post("/element", &json!({"using": "css selector", "value": selector}));
        // A page that has just drawn itself anew has another element in its place.
        let mut element = find();
        let mut answer = shown(&element);
        while answer.as_ref().is_err_and(|e| e.contains("stale element")) {
            element = find();
            answer = shown(&element);
        }
        answer.unwrap_or_else(|e| panic!("{selector}: {e}"));
        element
    }

    #[track_caller]
    fn post(&self, path: &str, body: &Value) -> Value {
        self.send("POST", &format!("{}{path}", self.session), body).unwrap_or_else(|e| panic!("{path} {body}: {e}"))
    }

    /// One request of the protocol: the answer's `value`, or what went wrong.
    fn send(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            self.port,
            body.len()
        );
        let answer = exchange(self.port, &(head + &body)).map_err(|e| e.to_string())?;
        let value = serde_json::from_slice::<Value>(&answer).map_err(|e| e.to_string())?["value"].take();
        match value["error"].as_str() {
            Some(error) => Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default())),
            None => Ok(value),
        }
    }
}

/// The body of the answer to one request.
fn exchange(port: u16, request: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(request.as_bytes())?;
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().map_err(std::io::Error::other)?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(body)
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = self.send("DELETE", &self.session, &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// Keys that have no letter, as WebDriver writes them.
pub const TAB: &str = "\u{e004}";
/// The key that follows a link or presses a button.
pub const ENTER: &str = "\u{e007}";

#[test]
fn a_browser_shows_a_page_and_takes_keys() {
    let Some(browser) = Browser::start() else { return };
    browser.open("data:text/html,<!doctype html><title>Une</title><style>@media(prefers-color-scheme:dark){p{color:red}}p:hover{top:1px}</style><p>Un</p><input>");
    assert_eq!(browser.text("return document.title"), "Une");
    let color = "return getComputedStyle(document.querySelector('p')).color";
    assert_eq!(browser.text(color), "rgb(0, 0, 0)");
    browser.media("screen", &[("prefers-color-scheme", "dark")]);
    assert_eq!(browser.text(color), "rgb(255, 0, 0)");
    browser.hover("p");
    browser.wait("document.querySelector('p').matches(':hover')");
    browser.keys(&format!("{TAB}été{ENTER}"));
    assert_eq!(browser.text("return document.querySelector('input').value"), "été");
    browser.click("p");
    assert!(browser.screenshot().starts_with("iVBOR"));
}
