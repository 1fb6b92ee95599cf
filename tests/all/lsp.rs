//! The language server as an editor meets it: a client of a few lines at the other end of the command's streams.

mod client;

use client::*;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn a_session_from_first_to_last() {
    let dir = folder("session");
    let mut client = Client::open(&dir, json!({ "locale": "fr-CA" }));
    let draft = uri(&dir.join("lycee.md"));
    let told = client.opened(&draft, "markdown", LYCEE);
    assert_eq!(codes(&told), ["sum-mismatch", "impossible-date"]);
    assert_eq!(told["version"], 1);
    let sum = &told["diagnostics"][0];
    assert_eq!((sum["severity"].as_i64(), place(&sum["range"]).as_str()), (Some(1), "2:19-30"));
    assert!(sum["message"].as_str().unwrap().contains("75 au total"), "{sum}");
    let other = &sum["relatedInformation"][1];
    assert_eq!((other["location"]["uri"].as_str(), place(&other["location"]["range"]).as_str()), (Some(draft.as_str()), "2:33-56"));
    assert_eq!(sum["data"]["rule"], "sum-mismatch");

    // « 80 » becomes « 75 »: the whole draft is checked again.
    client.change(&draft, 2, json!([{ "range": { "start": at(2, 19), "end": at(2, 21) }, "text": "75" }]));
    let told = client.diagnostics(&draft);
    assert_eq!((codes(&told), told["version"].as_i64()), (vec!["impossible-date"], Some(2)));
    client.change(&draft, 3, json!([{ "text": "Rien que de très ordinaire." }]));
    assert_eq!(codes(&client.diagnostics(&draft)).len(), 0);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": draft } }));
    assert_eq!(codes(&client.diagnostics(&draft)).len(), 0);
    assert_eq!(
        client.request("textDocument/hover", json!({ "textDocument": { "uri": draft }, "position": at(0, 0) })),
        Err(-32602)
    );
    assert_eq!(client.close(), 0);
}

#[test]
fn columns_are_counted_as_agreed() {
    let dir = folder("columns");
    let text = "Été 🦊🦊 : le 31 avril.\n";
    for (offered, agreed, start, fox, width) in [
        (json!(["utf-32", "utf-16"]), "utf-32", 12, 5, 1),
        (json!(["utf-8"]), "utf-8", 20, 10, 4),
        (json!(["utf-16", "utf-8"]), "utf-16", 14, 6, 2),
        (json!(["latin-1"]), "utf-16", 14, 6, 2),
        (json!(null), "utf-16", 14, 6, 2),
    ] {
        let mut client = Client::start(&[], &dir);
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let server = client.request("initialize", json!({ "capabilities": capabilities })).unwrap();
        assert_eq!(server["capabilities"]["positionEncoding"], agreed);
        client.notify("initialized", json!({}));
        let draft = "untitled:fox";
        let told = client.opened(draft, "plaintext", text);
        assert_eq!(codes(&told), ["impossible-date"], "{agreed}");
        assert_eq!(place(&told["diagnostics"][0]["range"]), format!("0:{start}-{}", start + 8), "{agreed}");
        // The second fox goes: what follows moves by its width.
        client.change(draft, 2, json!([{ "range": { "start": at(0, fox), "end": at(0, fox + width) }, "text": "" }]));
        let told = client.diagnostics(draft);
        assert_eq!(place(&told["diagnostics"][0]["range"]), format!("0:{}-{}", start - width, start - width + 8), "{agreed}");
        assert_eq!(client.close(), 0);
    }
}

/// Carries out the edits of an action on the text of one file.
fn applied(action: &Value, uri: &str, text: &str) -> String {
    let changes = action["edit"]["documentChanges"].as_array().unwrap();
    let mut text = text.to_owned();
    for change in changes.iter().filter(|c| c["textDocument"]["uri"] == *uri) {
        let mut edits = change["edits"].as_array().unwrap().clone();
        edits.reverse();
        for edit in edits {
            let byte = |p: &Value| {
                let start: usize = text.split_inclusive('\n').take(p["line"].as_u64().unwrap() as usize).map(str::len).sum();
                let units = p["character"].as_u64().unwrap() as usize;
                let mut seen = 0;
                let inner = text[start..].char_indices().find(|(_, c)| (seen == units, seen += c.len_utf16()).0);
                inner.map_or(text.len(), |(i, _)| start + i)
            };
            let range = byte(&edit["range"]["start"])..byte(&edit["range"]["end"]);
            text.replace_range(range, edit["newText"].as_str().unwrap());
        }
    }
    text
}

#[test]
fn a_suggestion_is_written() {
    let dir = folder("suggestion");
    let mut client = Client::open(&dir, json!({}));
    let (draft, text) = (uri(&dir.join("a.txt")), "Le contrat porte sur 3 billions de dollars, dit le ministre.\n");
    assert_eq!(codes(&client.opened(&draft, "plaintext", text)), ["billion-for-milliard"]);
    let range = json!({ "start": at(0, 25), "end": at(0, 25) });
    let ask =
        |only: Value| json!({ "textDocument": { "uri": draft }, "range": range, "context": { "diagnostics": [], "only": only } });
    let actions = client.request("textDocument/codeAction", ask(json!(null))).unwrap();
    assert_eq!(
        titles(&actions),
        ["Write “milliards”", "Ignore billion-for-milliard here, with a reason", "Switch billion-for-milliard off in recoupe.yaml"]
    );
    assert_eq!(actions[0]["edit"]["documentChanges"][0]["textDocument"]["version"], 1);
    assert_eq!(actions[0]["diagnostics"][0]["code"], "billion-for-milliard");
    let after = applied(&actions[0], &draft, text);
    assert_eq!(after, text.replace("billions", "milliards"));
    client.change(&draft, 2, json!([{ "text": after }]));
    assert_eq!(codes(&client.diagnostics(&draft)).len(), 0);
    assert_eq!(client.request("textDocument/codeAction", ask(json!(null))), Ok(json!([])));
    assert_eq!(client.request("textDocument/codeAction", ask(json!(["refactor"]))), Ok(json!([])));
    assert_eq!(client.close(), 0);
}

#[test]
fn a_finding_is_silenced_where_it_stands() {
    let dir = folder("here");
    let mut client = Client::open(&dir, json!({}));
    let html = "<h1>Le lycée</h1><p>L'examen aura lieu le <b>31 avril</b>.</p>\n";
    let texts = [
        ("a.md", "markdown", "# Le lycée\n\nL'examen aura lieu le 31 avril.\n"),
        ("b.md", "markdown", "# L'examen du 31 avril\n\nIl aura lieu.\n"),
        ("c.txt", "plaintext", "Le lycée\n\nL'examen aura lieu le 31 avril.\n"),
        ("d.html", "html", html),
        ("e.md", "markdown", "---\nlang: fr\n---\n\n- Le premier.\n- L'examen du 31 avril.\n"),
    ];
    for (name, language, text) in texts {
        let draft = uri(&dir.join(name));
        let told = client.opened(&draft, language, text);
        assert_eq!(codes(&told), ["impossible-date"], "{name}");
        let range = &told["diagnostics"][0]["range"];
        let ask = json!({ "textDocument": { "uri": draft }, "range": range, "context": { "diagnostics": [] } });
        let actions = client.request("textDocument/codeAction", ask).unwrap();
        let here = actions.as_array().unwrap().iter().find(|a| a["title"] == "Ignore impossible-date here, with a reason");
        let after = applied(here.expect(name), &draft, text);
        assert!(after.contains("say why") && after.len() > text.len(), "{after}");
        client.change(&draft, 2, json!([{ "text": after }]));
        assert_eq!(codes(&client.diagnostics(&draft)).len(), 0, "{after}");
    }
    assert_eq!(client.close(), 0);
}

#[test]
fn a_rule_is_switched_off_and_on_in_the_configuration() {
    let dir = folder("configuration");
    let mut params = json!({ "capabilities": able() });
    params["capabilities"]["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let mut client = Client::open(&dir, params);
    let registration = client.wait(|m| m["method"] == "client/registerCapability");
    client.send(&[json!({ "jsonrpc": "2.0", "id": registration["id"], "result": null })]);
    assert_eq!(registration["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");

    let draft = uri(&dir.join("stories.md"));
    let told = client.opened(&draft, "markdown", LYCEE);
    let ask =
        json!({ "textDocument": { "uri": draft }, "range": told["diagnostics"][1]["range"], "context": { "diagnostics": [] } });
    let config = dir.join("recoupe.yaml");
    let off = "Switch impossible-date off in recoupe.yaml";
    let find = |actions: Value| actions.as_array().unwrap().iter().find(|a| a["title"] == off).cloned().expect(off);
    let action = find(client.request("textDocument/codeAction", ask.clone()).unwrap());
    assert_eq!(
        action["edit"]["documentChanges"][0],
        json!({ "kind": "create", "uri": uri(&config), "options": { "ignoreIfExists": true } })
    );
    let yaml = applied(&action, &uri(&config), "");
    assert_eq!(yaml, "levels:\n  impossible-date: off\n");

    let watched = || json!({ "changes": [{ "uri": uri(&config), "type": 2 }] });
    fs::write(&config, &yaml).unwrap();
    client.notify("workspace/didChangeWatchedFiles", watched());
    assert_eq!(codes(&client.diagnostics(&draft)), ["sum-mismatch"]);
    // In the file that is there, the line is added to what stands in it.
    fs::write(&config, "# ours\nnotes: false\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", watched());
    assert_eq!(codes(&client.diagnostics(&draft)).len(), 2);
    let action = find(client.request("textDocument/codeAction", ask).unwrap());
    assert_eq!(
        applied(&action, &uri(&config), "# ours\nnotes: false\n"),
        "# ours\nnotes: false\nlevels:\n  impossible-date: off\n"
    );

    // A broken one is shown at its place, and the last that worked stays in force; mended, the mark goes.
    fs::write(&config, "levles:\n  form: off\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", watched());
    assert_eq!(codes(&client.diagnostics(&draft)).len(), 2);
    let wrong = client.diagnostics(&uri(&config));
    assert_eq!(place(&wrong["diagnostics"][0]["range"]), "0:0-6");
    assert!(wrong["diagnostics"][0]["message"].as_str().unwrap().contains("did you mean `levels`?"), "{wrong}");
    client.wait(|m| m["method"] == "window/showMessage");
    fs::write(&config, "levels: { dates: off }\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", watched());
    assert_eq!(codes(&client.diagnostics(&draft)), ["sum-mismatch"]);
    assert_eq!(codes(&client.diagnostics(&uri(&config))).len(), 0);
    assert_eq!(client.close(), 0);
}

#[test]
fn hovers_and_symbols_say_what_was_read() {
    let dir = folder("hover");
    let mut client = Client::open(&dir, json!({ "locale": "fr" }));
    let draft = uri(&dir.join("lycee.md"));
    client.opened(&draft, "markdown", LYCEE);
    let hover = client.request("textDocument/hover", json!({ "textDocument": { "uri": draft }, "position": at(2, 20) })).unwrap();
    let said = hover["contents"]["value"].as_str().unwrap();
    assert!(said.contains("**sum-mismatch** (erreur)") && said.contains("pourquoi") && said.contains("nombre «"), "{said}");
    let nothing = client.request("textDocument/hover", json!({ "textDocument": { "uri": draft }, "position": at(2, 1) })).unwrap();
    assert_eq!(nothing, Value::Null);
    let symbols = client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": draft } })).unwrap();
    let facts = symbols[0]["children"].as_array().unwrap();
    let names: Vec<&str> = facts.iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["80 internes", "45 garçons", "30 filles"]);
    assert_eq!(symbols[1]["children"][0]["detail"], "date XXXX-04-31");
    assert_eq!(client.close(), 0);

    let mut client = Client::open(&dir, json!({ "capabilities": {} }));
    client.opened(&draft, "markdown", LYCEE);
    let symbols = client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": draft } })).unwrap();
    assert_eq!(symbols[0]["location"]["uri"], *draft);
    let hover = client.request("textDocument/hover", json!({ "textDocument": { "uri": draft }, "position": at(2, 20) })).unwrap();
    assert_eq!(hover["contents"]["kind"], "plaintext");
    assert_eq!(client.close(), 0);
}

#[test]
fn the_language_of_messages_is_that_of_the_editor() {
    let dir = folder("words");
    for (locale, args, word) in [
        (json!("fr-FR"), vec![], "ce mois finit"),
        (json!("en"), vec![], "April has 30"),
        (json!("de"), vec![], "ce mois finit"),
        (json!(null), vec![], "ce mois finit"),
        (json!("fr"), vec!["--ui-lang", "en"], "April has 30"),
    ] {
        let mut client = Client::start(&args, &dir);
        client.request("initialize", json!({ "locale": locale, "capabilities": {} })).unwrap();
        let told = client.opened("untitled:1", "plaintext", "L'examen aura lieu le 31 avril, dit le lycée.\n");
        let message = told["diagnostics"][0]["message"].as_str().unwrap();
        assert_eq!(message.contains("ce mois finit"), word == "ce mois finit", "{locale} {message}");
        assert_eq!(client.close(), 0);
    }
}

#[test]
fn rule_files_are_checked_and_completed() {
    let dir = folder("rules");
    fs::create_dir_all(dir.join("desk")).unwrap();
    fs::write(dir.join("recoupe.yaml"), "rules: desk\n").unwrap();
    let mut client = Client::open(&dir, json!({}));
    let rule = uri(&dir.join("desk/odd-unit.yaml"));
    let told = client.opened(&rule, "yaml", "id: odd-unit\nlevle: warning\n");
    assert_eq!(place(&told["diagnostics"][0]["range"]), "1:0-5");
    let labels = |client: &mut Client, uri: &str, text: &str| {
        client.change(uri, 2, json!([{ "text": text.replace('|', "") }]));
        client.diagnostics(uri);
        let before = &text[..text.find('|').unwrap()];
        let line = before.matches('\n').count() as u32;
        let column = before.rsplit('\n').next().unwrap().encode_utf16().count() as u32;
        let items = client
            .request("textDocument/completion", json!({ "textDocument": { "uri": uri }, "position": at(line, column) }))
            .unwrap();
        items.as_array().unwrap().iter().map(|i| i["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(labels(&mut client, &rule, "id: odd-unit\nlevel: |"), ["error", "note", "warning"]);
    assert!(labels(&mut client, &rule, "id: odd-unit\nexpect: { agr|").contains(&"agree".to_owned()));
    assert!(labels(&mut client, &rule, "extends: |").contains(&"sum-mismatch".to_owned()));
    assert!(labels(&mut client, &rule, "id: odd-unit\nunless: [|").contains(&"part-of".to_owned()));
    let keys = labels(&mut client, &rule, "id: odd-unit\n|\n");
    assert!(keys.contains(&"examples".to_owned()) && !keys.contains(&"id".to_owned()), "{keys:?}");
    let sets = labels(&mut client, &rule, "id: odd-unit\nfind:\n  fr: \"[la] @|\"\n");
    assert!(sets.contains(&"institution".to_owned()), "{sets:?}");

    let config = uri(&dir.join("recoupe.yaml"));
    client.opened(&config, "yaml", "rules: desk\n");
    assert!(labels(&mut client, &config, "levels:\n  sum-|").contains(&"sum-mismatch".to_owned()));
    assert_eq!(labels(&mut client, &config, "levels:\n  sum-mismatch: |"), ["error", "note", "off", "warning"]);
    assert!(labels(&mut client, &config, "|").contains(&"overrides".to_owned()));
    // Any other YAML is none of ours.
    let other = uri(&dir.join("docker-compose.yaml"));
    assert_eq!(codes(&client.opened(&other, "yaml", "services: [\n")).len(), 0);
    assert_eq!(
        client.request("textDocument/completion", json!({ "textDocument": { "uri": other }, "position": at(0, 0) })),
        Ok(json!([]))
    );
    assert_eq!(client.close(), 0);
}

#[test]
fn what_is_no_message_is_answered_and_the_session_goes_on() {
    let dir = folder("malformed");
    let mut client = Client::open(&dir, json!({}));
    let told = |client: &mut Client| client.wait(|m| m.get("error").is_some())["error"]["code"].as_i64().unwrap();
    for (bytes, code) in [
        (&b"Content-Length: 1\r\n\r\n{"[..], -32700),
        (b"Content-Length: 2\r\n\r\n[]", -32600),
        (b"Content-Length: 4\r\n\r\n\xff\xfe\xfd\xfc", -32700),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", -32700),
        (b"Content-Length: lots\r\n\r\n", -32700),
        (b"Content-Length: 23\r\n\r\n{\"id\": 5, \"method\": {}}", -32600),
    ] {
        client.raw(bytes);
        assert_eq!(told(&mut client), code, "{}", String::from_utf8_lossy(bytes));
    }
    assert_eq!(client.request("textDocument/hover", json!({})), Err(-32602));
    assert_eq!(client.request("textDocument/hover", json!({ "textDocument": { "uri": "x" }, "position": at(0, 0) })), Err(-32602));
    assert_eq!(client.request("textDocument/rename", json!({})), Err(-32601));
    assert_eq!(client.request("initialize", json!({})), Err(-32600));
    for (method, params) in [
        ("textDocument/didChange", json!({ "textDocument": { "uri": "never-opened", "version": 1 }, "contentChanges": [] })),
        ("textDocument/didOpen", json!(7)),
        ("textDocument/didClose", json!({})),
        ("$/setTrace", json!({ "value": "off" })),
        ("workspace/didChangeWorkspaceFolders", json!({ "event": 3 })),
        ("no/such", json!(null)),
    ] {
        client.notify(method, params);
    }
    let draft = uri(&dir.join("a.txt"));
    assert_eq!(codes(&client.opened(&draft, "plaintext", "L'examen aura lieu le 31 avril, dit le lycée.\n")), ["impossible-date"]);
    // An impossible range is clamped, one that is malformed changes nothing.
    client.change(&draft, 2, json!([{ "range": { "start": { "line": -1, "character": 0 }, "end": at(0, 0) }, "text": "x" }]));
    client.change(&draft, 3, json!([{ "range": { "start": at(99, 9), "end": at(3, 1) }, "text": "Fin." }]));
    assert_eq!(codes(&client.diagnostics(&draft)), ["impossible-date"]);
    // What is no text is told, not read.
    assert_eq!(codes(&client.opened("untitled:zip", "", "PK\u{3}\u{4}\0\0")), ["-"]);
    assert_eq!(client.close(), 0);
}

#[test]
fn the_order_of_a_session_is_kept() {
    let dir = folder("order");
    let mut client = Client::start(&[], &dir);
    assert_eq!(client.request("shutdown", Value::Null), Err(-32002));
    client.request("initialize", json!({})).unwrap();
    assert_eq!(client.request("shutdown", Value::Null), Ok(Value::Null));
    assert_eq!(client.request("textDocument/hover", Value::Null), Err(-32600));
    client.notify("exit", Value::Null);
    assert_eq!(client.ended(), 0);

    let mut rude = Client::open(&dir, json!({}));
    rude.notify("exit", Value::Null);
    assert_eq!(rude.ended(), 1);
    assert_eq!(Client::start(&[], &dir).ended(), 1);
    let mut cut = Client::open(&dir, json!({}));
    cut.raw(b"Content-Length: 4000\r\n\r\n{\"jsonrpc\"");
    assert_eq!(cut.ended(), 1);
    let mut polite = Client::open(&dir, json!({}));
    assert_eq!(polite.request("shutdown", Value::Null), Ok(Value::Null));
    assert_eq!(polite.ended(), 0);
}

#[test]
fn a_cancelled_request_and_an_overtaken_check_are_dropped() {
    let dir = folder("cancel");
    let mut client = Client::open(&dir, json!({}));
    let draft = uri(&dir.join("long.md"));
    let long: String =
        (0..400).map(|i| format!("Le lycée n° {i} accueille {i} internes, dit Mme Aude Renan à Nantes.\n\n")).collect();
    let item = json!({ "uri": draft, "languageId": "markdown", "version": 1, "text": long });
    let open = json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": item } });
    let change = |version: i32, text: &str| {
        let params = json!({ "textDocument": { "uri": draft, "version": version }, "contentChanges": [{ "text": text }] });
        json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params })
    };
    let (id, hover) = client.ask("textDocument/hover", json!({ "textDocument": { "uri": draft }, "position": at(0, 12) }));
    let cancel = json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": id } });
    client.send(&[open, change(2, &long), hover, cancel, change(3, "L'examen aura lieu le 31 avril, dit le lycée.\n")]);
    // Cancelled, as the text changed besides; never an answer about a text that is gone.
    let answer = client.answer(id);
    assert!(matches!(answer, Err(-32800 | -32801)), "{answer:?}");
    let told = client.diagnostics(&draft);
    let last = if told["version"] == 3 { told } else { client.diagnostics(&draft) };
    assert_eq!((codes(&last), last["version"].as_i64()), (vec!["impossible-date"], Some(3)));
    // What is cancelled when it is done has its answer; what never was is no matter.
    client.notify("$/cancelRequest", json!({ "id": "never" }));
    assert_eq!(client.close(), 0);
}

#[test]
fn drafts_are_not_mixed_up() {
    let dir = folder("several");
    let mut client = Client::open(&dir, json!({}));
    let name = |i: usize| uri(&dir.join(format!("{i} é.md")));
    for i in 0..6 {
        let text = if i % 2 == 0 {
            "L'examen aura lieu le 31 avril, dit le lycée.\n"
        } else {
            "L'examen aura lieu le 30 avril, dit le lycée.\n"
        };
        let item = json!({ "uri": name(i), "languageId": "markdown", "version": 1, "text": text });
        client.notify("textDocument/didOpen", json!({ "textDocument": item }));
    }
    for i in 0..6 {
        assert_eq!(codes(&client.diagnostics(&name(i))).len(), (i + 1) % 2, "{i}");
    }
    assert_eq!(client.close(), 0);
}

#[test]
fn neovim_opens_edits_and_mends_a_draft() {
    if Command::new("nvim").arg("--version").stdout(Stdio::null()).status().is_err() {
        assert!(std::env::var_os("RECOUPE_REQUIRE_CLIENTS").is_none(), "nvim is missing");
        println!("skipped: nvim is not installed");
        return;
    }
    let dir = folder("neovim");
    fs::write(dir.join("story.md"), "# Le contrat\n\nLe contrat porte sur 3 billions de dollars. Été 🦊 : le lycée accueille 80 internes : 45 garçons et 30 filles.\n").unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/editors/nvim.lua");
    let settings = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/editors/neovim/recoupe.lua");
    let out = Command::new("nvim")
        .args(["--headless", "--clean", "-n"])
        .arg("-S")
        .arg(&script)
        .env("RECOUPE", env!("CARGO_BIN_EXE_recoupe"))
        .env("RECOUPE_SETTINGS", settings)
        .env("XDG_STATE_HOME", &dir)
        .env("LC_ALL", "C.UTF-8")
        .current_dir(&dir)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&out.stderr).replace('\r', "");
    assert!(out.status.success(), "{said}");
    let story = fs::read_to_string(dir.join("story.md")).unwrap();
    assert_eq!(
        story,
        "# Le contrat\n\nLe contrat porte sur 3 milliards de dollars. Été 🦊 : le lycée accueille 75 internes : 45 garçons et 30 filles.\n",
        "{said}"
    );
    for step in ["opened: billion-for-milliard sum-mismatch", "related: 2", "edited: billion-for-milliard", "mended:", "symbols: 1"]
    {
        assert!(said.contains(step), "{step} is not in\n{said}");
    }
}
