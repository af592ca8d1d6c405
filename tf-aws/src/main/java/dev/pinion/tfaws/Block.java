package dev.pinion.tfaws;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.Set;

/** A JSON object whose members keep the order of insertion. */
final class Block {
  private final JsonObject json;

  Block() {
    this(new JsonObject());
  }

  private Block(JsonObject json) {
    this.json = json;
  }

  Block put(String name, String template) {
    json.addProperty(name, template);
    return this;
  }

  Block put(String name, Number number) {
    json.addProperty(name, number);
    return this;
  }

  Block put(String name, boolean flag) {
    json.addProperty(name, flag);
    return this;
  }

  Block put(String name, Block block) {
    json.add(name, block.json);
    return this;
  }

  /** Puts a list of strings. */
  Block put(String name, Collection<String> templates) {
    JsonArray array = new JsonArray();
    templates.forEach(array::add);
    json.add(name, array);
    return this;
  }

  /** Puts a list of blocks; an empty list is left out. */
  Block blocks(String name, Collection<Block> blocks) {
    JsonArray array = new JsonArray();
    blocks.forEach(block -> array.add(block.json));
    if (!array.isEmpty()) json.add(name, array);
    return this;
  }

  /** Returns the names of all members. */
  Set<String> names() {
    return json.keySet();
  }

  /** Returns the block of a name, which is added at its first use. */
  Block in(String name) {
    if (json.get(name) instanceof JsonObject there) return new Block(there);
    Block made = new Block();
    put(name, made);
    return made;
  }

  /** Adds to a list of strings, which is made at the first use. */
  Block add(String name, String template) {
    JsonArray array = json.get(name) instanceof JsonArray there ? there : new JsonArray();
    array.add(template);
    json.add(name, array);
    return this;
  }

  boolean has(String name) {
    return json.has(name);
  }

  /** Returns the text of a file. */
  String file() {
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n";
  }
}
