#!/usr/bin/env python3
"""Reads a secret twice, as an application would, and says so in its log.

Runs unchanged against AWS and against Belfry:

    python3 access_secret.py --name TopSecretInfo
    python3 access_secret.py --name TopSecretInfo --endpoint http://127.0.0.1:4566

Credentials and region come from the usual places (environment, ~/.aws).
The secret's value is never printed.
"""

import argparse
import logging
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

log = logging.getLogger("access_secret")

THROTTLED = {"ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded"}
ATTEMPTS = 5


def read_secret(client, name):
    """One read; waits longer and longer while the service says that it is too much."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            answer = client.get_secret_value(SecretId=name)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code not in THROTTLED or attempt == ATTEMPTS:
                raise
            pause = 0.2 * 2**attempt
            log.warning("%s, trying again in %.1f s (attempt %d of %d)", code, pause, attempt, ATTEMPTS)
            time.sleep(pause)
        else:
            size = len(answer.get("SecretString") or answer.get("SecretBinary") or "")
            log.info(
                "read %s: version %s, %d characters, request %s",
                answer["Name"],
                answer["VersionId"],
                size,
                answer["ResponseMetadata"]["RequestId"],
            )
            return answer
    raise AssertionError("unreachable")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--name", default="TopSecretInfo", help="name or ARN of the secret")
    parser.add_argument("--region", default=None, help="region, if not the configured one")
    parser.add_argument("--endpoint", default=None, help="for example http://127.0.0.1:4566; AWS if left out")
    parser.add_argument("--reads", type=int, default=2, help="how often to read")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")

    client = boto3.client(
        "secretsmanager",
        region_name=options.region,
        endpoint_url=options.endpoint,
        config=Config(retries={"mode": "standard", "max_attempts": 3}),
    )
    try:
        for number in range(1, options.reads + 1):
            log.info("read %d of %d", number, options.reads)
            read_secret(client, options.name)
    except (ClientError, BotoCoreError) as error:
        log.error("%s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
