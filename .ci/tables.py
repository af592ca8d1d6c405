"""AWS's SDK for Python reads and writes the tables of a running app, which is at the first argument's address."""

import sys

import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

tables = boto3.resource(
    "dynamodb", endpoint_url=sys.argv[1], region_name="eu-central-1", aws_access_key_id="any", aws_secret_access_key="any"
)
connections = tables.Table("WebSocketTable")
assert connections.key_schema == [{"AttributeName": "connectionId", "KeyType": "HASH"}]

with connections.batch_writer() as batch:
    for i in range(40):
        batch.put_item(Item={"connectionId": f"python-{i}", "n": i, "tags": {"a", "b"}, "deep": {"list": [1, None, b"x"]}})
python = Attr("connectionId").begins_with("python-")
pages = tables.meta.client.get_paginator("scan").paginate(TableName="WebSocketTable", PaginationConfig={"PageSize": 7})
assert sum(page["Count"] for page in pages) >= 40
assert sum(connections.scan(Segment=i, TotalSegments=3, FilterExpression=python)["Count"] for i in range(3)) == 40

answer = connections.query(
    KeyConditionExpression=Key("connectionId").eq("python-5"),
    ProjectionExpression="deep.#l[2], n",
    ExpressionAttributeNames={"#l": "list"},
    ReturnConsumedCapacity="TOTAL",
)
assert answer["Items"] == [{"n": 5, "deep": {"list": [b"x"]}}], answer
assert answer["ConsumedCapacity"] == {"TableName": "WebSocketTable", "CapacityUnits": 0.5}, answer

updated = connections.update_item(
    Key={"connectionId": "python-5"},
    UpdateExpression="SET n = n + :one ADD tags :more REMOVE deep",
    ExpressionAttributeValues={":one": 1, ":more": {"c"}},
    ReturnValues="ALL_NEW",
)
assert updated["Attributes"] == {"connectionId": "python-5", "n": 6, "tags": {"a", "b", "c"}}, updated

try:
    connections.delete_item(
        Key={"connectionId": "python-5"}, ConditionExpression=Attr("n").lt(6), ReturnValuesOnConditionCheckFailure="ALL_OLD"
    )
    sys.exit("the condition was not checked")
except ClientError as e:
    assert e.response["Error"]["Code"] == "ConditionalCheckFailedException", e
    assert e.response["Item"]["n"] == {"N": "6"}, e.response

with connections.batch_writer() as batch:
    for i in range(40):
        batch.delete_item(Key={"connectionId": f"python-{i}"})
assert connections.scan(FilterExpression=python)["Count"] == 0
