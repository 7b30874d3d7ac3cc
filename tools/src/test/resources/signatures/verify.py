"""Checks an SNS message on standard input with Python's cryptography; exits with 1 where the signature is wrong."""
import base64
import json
import sys
import urllib.request

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.x509 import load_pem_x509_certificate

NOTIFICATION = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
CONFIRMATION = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]

message = json.load(sys.stdin)
names = NOTIFICATION if message["Type"] == "Notification" else CONFIRMATION
text = "".join(f"{name}\n{message[name]}\n" for name in names if name in message)
pem = urllib.request.urlopen(message["SigningCertURL"]).read()
certificate = load_pem_x509_certificate(pem)
digest = hashes.SHA256() if message["SignatureVersion"] == "2" else hashes.SHA1()
try:
    certificate.verify_directly_issued_by(certificate)
    certificate.public_key().verify(
        base64.b64decode(message["Signature"]), text.encode(), padding.PKCS1v15(), digest)
except InvalidSignature:
    print("wrong")
    sys.exit(1)
print("right")
