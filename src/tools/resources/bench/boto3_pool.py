"""Stages a prefix with a boto3 thread pool, as people do it by hand: lists, then HEADs with Range.

Usage: boto3_pool.py ENDPOINT BUCKET PREFIX WORKERS
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

endpoint, bucket, prefix, workers = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
client = boto3.client(
    "s3",
    endpoint_url=endpoint,
    region_name="us-east-1",
    config=Config(max_pool_connections=workers, s3={"addressing_style": "path"}),
)


def keys():
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for item in page.get("Contents", []):
            yield item["Key"]


def head(key):
    client.head_object(Bucket=bucket, Key=key, Range="bytes=0-0")
    return 1


with ThreadPoolExecutor(max_workers=workers) as pool:
    print(sum(pool.map(head, keys())))
