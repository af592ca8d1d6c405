"""A chat client: prints "open" and each message, answers the first one, and leaves when its input ends."""

import asyncio
import sys

import websockets


async def main(url):
    async with websockets.connect(url) as socket:
        print("open", flush=True)
        print(await socket.recv(), flush=True)
        await socket.send("from Python")
        print(await socket.recv(), flush=True)
        await asyncio.to_thread(sys.stdin.read)


asyncio.run(main(sys.argv[1]))
