"""Has LibreOffice's remote grammar checker check a text, and prints what it would underline.

libreoffice.py PIPE LANGUAGE COUNTRY TEXT: PIPE is the name of the pipe on which an office listens. A line for each mark:
the words, the short comment.
"""

import sys
import time

import uno
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException, Locale
from com.sun.star.uno import RuntimeException

CHECKER = "org.openoffice.lingu.LanguageToolGrammarChecker"


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for attempt in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    sys.exit("the office does not answer")


def cut(text, start, length):
    """LibreOffice counts in UTF-16 code units."""
    return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le")


def proofread(office, text, locale):
    """The marks; None where the office has no such checker."""
    checker = office.ServiceManager.createInstanceWithContext(CHECKER, office)
    if checker is None:
        return None
    units = len(text.encode("utf-16-le")) // 2
    return checker.doProofreading("draft", text, locale, 0, units, ()).aErrors


pipe, language, country, text = sys.argv[1:]
marks, last = (), None
# An office answers before it is ready: it may lack its settings, or break the connection off.
for attempt in range(20):
    try:
        office = connect(pipe)
        marks = proofread(office, text, Locale(language, country, ""))
        last = None
    except (DisposedException, RuntimeException) as e:
        last = e
    if last is None and (marks is None or len(marks) > 0):
        break
    time.sleep(1)
if last is not None:
    sys.exit(f"the office broke off: {last}")
if marks is None:
    print("no checker")
for mark in marks or ():
    print(cut(text, mark.nErrorStart, mark.nErrorLength), mark.aFullComment, sep="|")
