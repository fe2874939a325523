"""Validates the shipped methods against Schemas/method.schema.json, as an editor does, and those that are based on
another one against Schemas/method-overlay.schema.json."""

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


def validator(name):
    schema = json.loads(Path(name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


validators = {name: validator(name) for name in ["Schemas/method.schema.json", "Schemas/method-overlay.schema.json"]}
failed = False
for path in sorted(Path("Samples/methods").glob("*.yaml")):
    if path.name.endswith(".cases.yaml"):
        continue
    method = yaml.load(path.read_text(encoding="utf-8"), Loader)
    name = "Schemas/method-overlay.schema.json" if "based_on" in method else "Schemas/method.schema.json"
    errors = list(validators[name].iter_errors(method))
    print(f"{path}: {len(errors)} errors against {name}")
    for error in errors:
        print(f"  {'.'.join(map(str, error.path))}: {error.message}")
    failed |= bool(errors)
sys.exit(failed)
