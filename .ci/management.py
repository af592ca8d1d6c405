# AWS's SDK for Python posts to a connection, whose signatures are checked.

import sys

import boto3
from botocore.exceptions import ClientError

endpoint, connection, key, secret = sys.argv[1:]


def client(secret):
    return boto3.client(
        "apigatewaymanagementapi", endpoint_url=endpoint, region_name="eu-central-1", aws_access_key_id=key,
        aws_secret_access_key=secret)


try:
    client("another secret").post_to_connection(ConnectionId=connection, Data=b"forged")
    sys.exit("a wrong signature was accepted")
except ClientError as e:
    assert e.response["ResponseMetadata"]["HTTPStatusCode"] == 403, e
assert client(secret).get_connection(ConnectionId=connection)["Identity"]["SourceIp"]
client(secret).post_to_connection(ConnectionId=connection, Data=b"from Python")
