package app

import dev.pinion.Item
import dev.pinion.junit.Pinion
import dev.pinion.junit.PinionTest
import dev.pinion.junit.TestClient
import org.junit.jupiter.api.Test

@PinionTest(Rooms::class)
class RoomsTest {
    @Test
    fun membersOfARoomHearEachOther(pinion: Pinion, ann: TestClient, bob: TestClient) {
        ann.send("join", Join("kitchen", "Ann", 30))
        bob.send("join", Join("kitchen", "Bob", null))
        pinion.settle()
        ann.send("""{"action":"who","room":"kitchen","name":"Ann"}""")
        ann.expectJson("""["Ann","Bob"]""")
        ann.send("say", Say("kitchen", "hi!"))
        ann.expect(Said("Ann", "hi!"))
        bob.expectJson("""{"name":"Ann","text":"hi!","loud":true}""")
    }

    @Test
    fun whatIsMissingIsAnswered(ann: TestClient) {
        ann.send("""{"action":"say","room":"kitchen"}""")
        ann.expect("names the member") { it.contains("text: missing") }
    }

    @Test
    fun whoLeavesIsForgotten(pinion: Pinion, ann: TestClient, bob: TestClient) {
        ann.send("join", Join("kitchen", "Ann", null))
        bob.send("join", Join("kitchen", "Bob", null))
        bob.close()
        pinion.table("members")
            .expectRows(Item.of("room", "kitchen", "connectionId", ann.id(), "name", "Ann"))
    }

    @Test
    fun rowsOfConnectionsThatAreGoneArePruned(pinion: Pinion, ann: TestClient) {
        pinion.table("members")
            .put(Item.of("room", "kitchen", "connectionId", Pinion.goneId(), "name", "Ghost"))
        ann.send("join", Join("kitchen", "Ann", null))
        ann.send("say", Say("kitchen", "hello"))
        ann.expect(Said("Ann", "hello"))
        pinion.table("members")
            .expectRows(Item.of("room", "kitchen", "connectionId", ann.id(), "name", "Ann"))
    }
}
