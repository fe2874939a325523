"""Validates the shipped methods against Schemas/method.schema.json, as an editor does."""

import json
import sys
from pathlib import Path

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: a day stays a text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

schema = json.loads(Path("Schemas/method.schema.json").read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
failed = False
for path in sorted(Path("Samples/methods").glob("*.yaml")):
    if path.name.endswith(".cases.yaml"):
        continue
    method = yaml.load(path.read_text(encoding="utf-8"), Loader)
    errors = list(validator.iter_errors(method))
    print(f"{path}: {len(errors)} errors against Schemas/method.schema.json")
    for error in errors:
        print(f"  {'.'.join(map(str, error.path))}: {error.message}")
    failed |= bool(errors)
sys.exit(failed)
