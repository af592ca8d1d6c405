package dev.pinion.benchmarks;

import com.google.gson.Gson;

/** Gson's own binding. */
final class GsonCodec implements CodecTrial.Codec {
  private final Gson gson = new Gson();

  public static void main(String[] arguments) throws Exception {
    CodecTrial.run(GsonCodec::new);
  }

  @Override
  public CodecTrial.Post read(String json) throws Exception {
    return gson.fromJson(json, CodecTrial.Post.class);
  }

  @Override
  public String write(CodecTrial.Post post) throws Exception {
    return gson.toJson(post);
  }
}
