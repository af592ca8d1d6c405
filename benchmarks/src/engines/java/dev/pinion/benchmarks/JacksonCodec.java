package dev.pinion.benchmarks;

import tools.jackson.databind.json.JsonMapper;

/** Jackson's binding. */
final class JacksonCodec implements CodecTrial.Codec {
  private final JsonMapper mapper = JsonMapper.builder().build();

  public static void main(String[] arguments) throws Exception {
    CodecTrial.run(JacksonCodec::new);
  }

  @Override
  public CodecTrial.Post read(String json) throws Exception {
    return mapper.readValue(json, CodecTrial.Post.class);
  }

  @Override
  public String write(CodecTrial.Post post) throws Exception {
    return mapper.writeValueAsString(post);
  }
}
