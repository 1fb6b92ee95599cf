"""recoupe when a story is published in Superdesk: a sketch to be placed in a Superdesk server's own package.

Superdesk sends the signal `item_validate` before an item goes out; what a handler adds to the response keeps the item in and is
shown to whoever pressed Publish. Configure in the server's settings.py:

    INSTALLED_APPS.append('newsroom.recoupe_on_publish')   # wherever this file is
    RECOUPE_URL = 'http://127.0.0.1:8750'                  # where `recoupe serve` listens
    RECOUPE_HOLDS = 'error'                                # the least level that keeps a story in; None to let all pass

For underlines while writing, give Superdesk's spell-checker the address of the same service: it speaks the LanguageTool API.
"""

import html
import json
import logging
import urllib.error
import urllib.request

logger = logging.getLogger(__name__)

LEVELS = ["note", "warning", "error"]


def story(item):
    """The item as HTML: headline, standfirst, body, captions."""
    parts = [f"<h1>{html.escape(item.get('headline') or '')}</h1>"]
    if item.get("abstract"):
        parts.append(f'<div class="standfirst">{item["abstract"]}</div>')
    parts.append(item.get("body_html") or "")
    for association in (item.get("associations") or {}).values():
        caption = (association or {}).get("description_text")
        if caption:
            parts.append(f"<figure><figcaption>{html.escape(caption)}</figcaption></figure>")
    return "<article>" + "".join(parts) + "</article>"


def check(item, url):
    """The findings in an item, as `recoupe check --format json` has them."""
    draft = {"text": story(item), "format": "html"}
    if item.get("language"):
        draft["lang"] = item["language"].split("-")[0]
    if item.get("firstpublished") or item.get("versioncreated"):
        day = item.get("firstpublished") or item.get("versioncreated")
        draft["published"] = day.strftime("%Y-%m-%d") if hasattr(day, "strftime") else str(day)[:10]
    request = urllib.request.Request(
        url.rstrip("/") + "/check",
        data=json.dumps(draft).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=15) as answer:
        return json.load(answer)["files"][0]["findings"]


def holding(findings, level):
    """The messages of the findings that keep a story in."""
    if level is None:
        return []
    return [f"{f['message']} [{f['rule']}]" for f in findings if LEVELS.index(f["level"]) >= LEVELS.index(level)]


def on_publish(sender, item, response, error_fields=None, **kwargs):
    """Keeps a story in that does not agree with itself."""
    from flask import current_app

    if item.get("type") != "text" or item.get("state") == "killed":
        return
    try:
        findings = check(item, current_app.config.get("RECOUPE_URL", "http://127.0.0.1:8750"))
    except (OSError, ValueError, KeyError) as error:
        # A service that is away holds up no story, and no word of the story goes to the log.
        logger.warning("recoupe was not asked: %s", error)
        return
    response.extend(holding(findings, current_app.config.get("RECOUPE_HOLDS", "error")))


def init_app(app):
    """Called by Superdesk for each of INSTALLED_APPS."""
    from superdesk.signals import item_validate

    item_validate.connect(on_publish)
