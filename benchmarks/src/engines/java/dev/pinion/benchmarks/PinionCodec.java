package dev.pinion.benchmarks;

import dev.pinion.json.RecordCodec;

/** Pinion's own codec. */
final class PinionCodec implements CodecTrial.Codec {
  private final RecordCodec codec = new RecordCodec();

  public static void main(String[] arguments) throws Exception {
    CodecTrial.run(PinionCodec::new);
  }

  @Override
  public CodecTrial.Post read(String json) throws Exception {
    return codec.read(json, CodecTrial.Post.class);
  }

  @Override
  public String write(CodecTrial.Post post) throws Exception {
    return codec.write(post);
  }
}
