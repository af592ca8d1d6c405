package dev.pinion.sim;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What faults know of one connection, until nothing of it is left. Any thread. */
final class FaultyConnection {
  /** How long a message waits for another one, if none comes. */
  private static final long REORDER_MILLIS = 250;

  /** Its place in the order in which clients connect, from 1; 0 if it is not known. */
  final int number;
  private final Map<Integer, AtomicInteger> opportunities = new ConcurrentHashMap<>(2);
  private boolean stalled;
  private int unread;
  private int handled;

  FaultyConnection(int number) {
    this.number = number;
  }

  /** Counts an opportunity of a fault, which has a number, and returns which one it is, from 1. */
  int opportunity(int fault) {
    return opportunities.computeIfAbsent(fault, _ -> new AtomicInteger()).incrementAndGet();
  }

  /** The client stops reading. */
  synchronized void stall() {
    stalled = true;
  }

  /** Adds a message that the client does not read, and returns the bytes of all; empty if it reads. */
  synchronized OptionalInt unread(int bytes) {
    if (!stalled) return OptionalInt.empty();
    unread = Math.addExact(unread, bytes);
    return OptionalInt.of(unread);
  }

  /** A message has been handled. */
  synchronized void handled() {
    handled++;
    notifyAll();
  }

  /** Waits until another message has been handled. */
  synchronized void awaitOther() throws InterruptedException {
    int before = handled;
    long end = System.nanoTime() + REORDER_MILLIS * 1_000_000;
    for (long left = REORDER_MILLIS; handled == before && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
  }
}
