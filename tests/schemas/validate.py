"""Holds reports against their schemas: validate.py SCHEMA REPORT [SCHEMA REPORT …]. Exit status 3: a package is missing."""

import json
import sys

try:
    import jsonschema
    import xmlschema
except ImportError as e:
    print(f"Python has no package {e.name}")
    sys.exit(3)

wrong = 0
for schema, report in zip(sys.argv[1::2], sys.argv[2::2]):
    if schema.endswith(".xsd"):
        errors = [f"{e.path}: {e.reason}" for e in xmlschema.XMLSchema(schema).iter_errors(report)]
    else:
        with open(schema, encoding="utf-8") as s, open(report, encoding="utf-8") as r:
            rules, data = json.load(s), json.load(r)
        validator = jsonschema.validators.validator_for(rules)(rules)
        errors = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in validator.iter_errors(data)]
    for error in errors:
        print(f"{report} is not what {schema} asks for: {error[:500]}")
    wrong += len(errors)
sys.exit(wrong > 0)
