#!/usr/bin/env python3
"""Makes wire/src/main/models/<service>.json anew from the botocore that is installed.

Usage: python3 codegen/strip-models.py [target directory]

Kept: names, shapes, constraints, errors, HTTP bindings, protocol metadata.
Dropped: prose and what only a client needs (endpoint rules, deprecation notes).
botocore is Copyright Amazon.com, Inc. or its affiliates, Apache-2.0 (see NOTICE).
"""

import gzip
import json
import pathlib
import sys

import botocore

SERVICES = (
    "secretsmanager kms cloudtrail logs cloudwatch events sns sqs iam sts s3".split()
)
DROPPED = {
    "auth",
    "clientContextParams",
    "contextParam",
    "deprecatedMessage",
    "documentation",
    "documentationUrl",
    "endpoint",
    "hostLabel",
    "idempotent",
    "operationContextParams",
    "signatureVersion",
    "staticContextParams",
    "uid",
    "version",
    "xmlOrder",
}
# Below these keys the keys are names that the service chose, never traits.
NAME_TABLES = {"members", "operations", "shapes"}


# SQS's description no longer says how the old Query protocol names what it repeats, though SQS still speaks it: old
# clients number these names. Flattened lists and maps by shape; the names of a map's keys and values.
SQS_QUERY = {
    "AWSAccountIdList": "AWSAccountId",
    "ActionNameList": "ActionName",
    "AttributeNameList": "AttributeName",
    "MessageAttributeNameList": "MessageAttributeName",
    "MessageBodyAttributeMap": "MessageAttribute",
    "MessageBodySystemAttributeMap": "MessageSystemAttribute",
    "MessageList": "Message",
    "MessageSystemAttributeList": "MessageSystemAttributeName",
    "MessageSystemAttributeMap": "Attribute",
    "QueueAttributeMap": "Attribute",
    "QueueUrlList": "QueueUrl",
    "TagKeyList": "TagKey",
    "TagMap": "Tag",
}
# It answers InvalidAttributeName to names that it does not know, not a broken enumeration.
SQS_OPEN = {"QueueAttributeName", "MessageSystemAttributeName", "MessageSystemAttributeNameForSends"}


def speak_query(model):
    """Adds to SQS's description what its Query protocol needs."""
    model["metadata"]["protocols"] = ["json", "query"]
    model["metadata"]["xmlNamespace"] = "http://queue.amazonaws.com/doc/2012-11-05/"
    shapes = model["shapes"]
    for shape in shapes.values():
        for member in shape.get("members", {}).values():
            target = member["shape"]
            entries = target[: -len("List")] if target.endswith("EntryList") else None
            name = SQS_QUERY.get(target, entries)
            if name:
                member["locationName"] = name
        if shape["type"] == "map":
            tags = shape["key"]["shape"] == "TagKey"
            shape["key"]["locationName"] = "Key" if tags else "Name"
            shape["value"]["locationName"] = "Value"
    for name in SQS_OPEN:
        shapes[name].pop("enum")


def strip(node, is_name_table=False):
    if isinstance(node, list):
        return [strip(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: strip(value, not is_name_table and key in NAME_TABLES)
        for key, value in node.items()
        if is_name_table or key not in DROPPED
    }


def reachable(model):
    """The shapes that some operation's input, output or errors lead to."""
    shapes, seen, todo = model["shapes"], set(), []
    for operation in model["operations"].values():
        todo += [operation[io]["shape"] for io in ("input", "output") if io in operation]
        todo += [error["shape"] for error in operation.get("errors", [])]
    # Declared errors that no operation lists still have a code and a status.
    todo += [name for name, shape in shapes.items() if shape.get("exception")]
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        shape = shapes[name]
        todo += [member["shape"] for member in shape.get("members", {}).values()]
        todo += [shape[part]["shape"] for part in ("member", "key", "value") if part in shape]
    return seen


def newest(data, service):
    return sorted(p for p in (data / service).iterdir() if p.is_dir())[-1]


def main():
    here = pathlib.Path(__file__).resolve().parent
    default = here.parent / "wire" / "src" / "main" / "models"
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
    data = pathlib.Path(botocore.__file__).resolve().parent / "data"
    target.mkdir(parents=True, exist_ok=True)
    for service in SERVICES:
        with gzip.open(newest(data, service) / "service-2.json.gz") as source:
            model = strip(json.load(source))
        keep = reachable(model)
        model["shapes"] = {n: s for n, s in model["shapes"].items() if n in keep}
        if service == "sqs":
            speak_query(model)
        model["metadata"]["origin"] = f"botocore {botocore.__version__}"
        # One shape or operation a line keeps later changes readable as a diff.
        lines = ["{", f'"metadata":{json.dumps(model["metadata"])},']
        for table, end in (("operations", ","), ("shapes", "")):
            lines.append(f'"{table}":{{')
            entries = [f"{json.dumps(n)}:{json.dumps(v, separators=(',', ':'))}" for n, v in model[table].items()]
            lines += [entry + "," for entry in entries[:-1]] + entries[-1:] + ["}" + end]
        (target / f"{service}.json").write_text("\n".join(lines) + "\n}\n", encoding="utf-8")
        print(f"{service}: {len(model['operations'])} operations, {len(model['shapes'])} shapes")


if __name__ == "__main__":
    main()
