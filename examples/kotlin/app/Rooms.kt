package app

import dev.pinion.App
import dev.pinion.AttributeType.STRING
import dev.pinion.Cloud
import dev.pinion.Item
import dev.pinion.Key
import dev.pinion.Query
import dev.pinion.Table
import dev.pinion.WebSocket

/** Messages are records: data classes with `@JvmRecord`. */
@JvmRecord
data class Join(val room: String, val name: String, val age: Int?)

@JvmRecord
data class Say(val room: String, val text: String)

@JvmRecord
data class Said(val name: String, val text: String, val loud: Boolean = text.endsWith("!"))

/** Chat rooms. The table finds the members of a room, and an index finds the rooms of a connection. */
class Rooms : App {
    private lateinit var members: Table
    private lateinit var ws: WebSocket

    override fun define(cloud: Cloud) {
        members = cloud.table("members")
            .hashKey("room", STRING)
            .rangeKey("connectionId", STRING)
            .index("byConnection", "connectionId", "room")
            .create()
        ws = cloud.webSocket("rooms").create()

        ws.onRoute("join", Join::class.java) { c, join ->
            members.putItem(Item.of("room", join.room, "connectionId", c.id(), "name", join.name))
        }
        ws.onRequest("who", Join::class.java) { _, asked -> names(asked.room) }
        ws.onRoute("say", Say::class.java) { c, said -> say(c.id(), said) }
        ws.onDisconnect { c -> members.roomsOf(c.id()).forEach { room -> leave(room, c.id()) } }
    }

    private fun names(room: String): List<String> =
        members.query(room).toList().map { it.string("name") }.sorted()

    private fun say(id: String, said: Say) {
        val name = members.getItem(Key.of("room", said.room, "connectionId", id)).orElseThrow().string("name")
        val ids = members.query(said.room).map { it.string("connectionId") }
        ws.broadcast(ids, Said(name, said.text)).gone().forEach { leave(said.room, it) }
    }

    fun Table.roomsOf(id: String): List<String> =
        query(Query.hashKey(id).index("byConnection")).toList().map { it.string("room") }

    private fun leave(room: String, id: String) {
        members.deleteItem(Key.of("room", room, "connectionId", id))
    }
}
