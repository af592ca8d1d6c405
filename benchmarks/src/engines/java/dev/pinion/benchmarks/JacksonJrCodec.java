package dev.pinion.benchmarks;

import tools.jackson.jr.ob.JSON;

/** Jackson's small binding. */
final class JacksonJrCodec implements CodecTrial.Codec {
  private final JSON json = JSON.std;

  public static void main(String[] arguments) throws Exception {
    CodecTrial.run(JacksonJrCodec::new);
  }

  @Override
  public CodecTrial.Post read(String json) throws Exception {
    return this.json.beanFrom(CodecTrial.Post.class, json);
  }

  @Override
  public String write(CodecTrial.Post post) throws Exception {
    return json.asString(post);
  }
}
