package dev.pinion.gateway;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TurnThreadTest {
  private static final long MOST = 3_000_000;
  private static final long AVERAGE = 1_000_000;

  private final Stretches queue = new Stretches();
  private final HandlerThread handler = new HandlerThread(queue);
  private final TurnThread turn = new TurnThread(_ -> null);

  @Test
  void oneMessageThatTakesLongComputes() {
    handle(1, MOST + 1);

    assertThat(queue.computed).isEqualTo(1);
  }

  @Test
  void messagesThatTakeLongOnlyTogetherDoNotCompute() {
    handle(8, 8 * AVERAGE);

    assertThat(queue.computed).isZero();
  }

  @Test
  void messagesThatTakeLongOnAverageCompute() {
    handle(8, 8 * AVERAGE + 1);

    assertThat(queue.computed).isEqualTo(1);
  }

  @Test
  void shortMessagesAreNotHeavyBeforeAllIsLong() {
    handle(2, MOST);

    assertThat(queue.computed).isZero();
  }

  @Test
  void aTurnWithoutMessagesIsMeasuredAsOne() {
    handle(0, MOST);

    assertThat(queue.computed).isZero();
  }

  private void handle(int messages, long nanos) {
    turn.begin(handler, 1);
    for (int i = 0; i < messages; i++) {
      handler.begin(new Work.Message("m", i), i);
    }
    handler.begin(null, messages);
    turn.end(nanos, MOST, AVERAGE);
  }

  /** A queue that counts stretches that computed for long. */
  private static final class Stretches implements HandlerThread.Queue {
    private int computed;

    @Override
    public void drain(HandlerThread thread) {}

    @Override
    public void computedLong() {
      computed++;
    }

    @Override
    public void computedShort() {}

    @Override
    public boolean computes() {
      return false;
    }

    @Override
    public ComputingPool.Share share() {
      return new ComputingPool.Share();
    }

    @Override
    public void execute(Runnable stretch) {}
  }
}
