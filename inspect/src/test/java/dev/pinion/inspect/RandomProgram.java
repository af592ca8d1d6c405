package dev.pinion.inspect;

import dev.pinion.inspect.Piece.Filled;
import dev.pinion.inspect.Piece.Held;
import dev.pinion.inspect.Piece.Place;
import dev.pinion.inspect.Shapes.Shape;
import dev.pinion.inspect.Shapes.Sort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// The handlers of a generated app, each with what it does.
record RandomProgram(List<List<Piece>> handlers) {
  private static final int HANDLERS = 4;
  private static final List<Piece> SHOWS = shows();

  /// How many of the first programs show every shape once, alone.
  static int shown() {
    return (SHOWS.size() + HANDLERS - 1) / HANDLERS;
  }

  /// The program of a number: the same each time.
  static RandomProgram of(long number, long seed) {
    int shown = shown();
    if (number < shown) {
      int first = (int) number * HANDLERS;
      return new RandomProgram(
          SHOWS.subList(first, Math.min(first + HANDLERS, SHOWS.size())).stream().map(List::of).toList());
    }
    Piece.Maker maker = new Piece.Maker(new Random(seed * 1_000_003 + number));
    List<List<Piece>> handlers = new ArrayList<>();
    for (int i = 0; i < HANDLERS - 1; i++) {
      List<Piece> statements = new ArrayList<>();
      for (int n = maker.random().nextInt(2); n >= 0; n--) statements.add(maker.make(Sort.STATEMENT, 3));
      handlers.add(statements);
    }
    return new RandomProgram(handlers);
  }

  private static List<Piece> shows() {
    Piece.Maker maker = new Piece.Maker(new Random(1));
    Shape run = Shapes.of(Sort.STATEMENT).getFirst();
    Shape act = Shapes.of(Sort.STATEMENT).get(1);
    List<Piece> all = new ArrayList<>();
    Shapes.of(Sort.STATEMENT).forEach(each -> all.add(maker.filled(Sort.STATEMENT, each, 0)));
    Shapes.of(Sort.ACT).forEach(each -> all.add(maker.filled(Sort.ACT, each, 0)));
    Shapes.of(Sort.RUNNABLE).forEach(each -> all.add(in(run, maker.filled(Sort.RUNNABLE, each, 0))));
    Shapes.of(Sort.APP_ACT).forEach(each -> all.add(in(act, maker.filled(Sort.APP_ACT, each, 0))));
    Shapes.of(Sort.TABLE).forEach(each -> all.add(on(maker.filled(Sort.TABLE, each, 0))));
    for (Shape holder : Shapes.of(Sort.HOLDER)) {
      for (Place place : Place.values()) {
        all.add(switch (all.size() % 4) {
          case 0 -> in(run, new Held(Sort.RUNNABLE, holder, place, false, maker.simple(Sort.RUNNABLE)));
          case 1 -> in(act, new Held(Sort.APP_ACT, holder, place, false, maker.simple(Sort.APP_ACT)));
          case 2 -> in(run, new Held(Sort.RUNNABLE, holder, place, true, maker.simple(Sort.RUNNABLE)));
          default -> on(new Held(Sort.TABLE, holder, place, false, new Piece.Resource(1)));
        });
      }
    }
    return all;
  }

  private static Piece in(Shape statement, Piece only) {
    return new Filled(Sort.STATEMENT, statement, List.of(only));
  }

  private static Piece on(Piece table) {
    return new Filled(Sort.ACT, Shapes.of(Sort.ACT).getFirst(), List.of(table));
  }

  /// Smaller programs that may fail in the same way, the smallest first: without a statement, or with a piece in place
  /// of one that it is in.
  List<RandomProgram> smaller(int handler) {
    List<Piece> statements = handlers.get(handler);
    List<RandomProgram> all = new ArrayList<>();
    for (int i = 0; statements.size() > 1 && i < statements.size(); i++) {
      List<Piece> fewer = new ArrayList<>(statements);
      fewer.remove(i);
      all.add(new RandomProgram(List.of(fewer)));
    }
    for (int i = 0; i < statements.size(); i++) {
      for (Piece each : smaller(statements.get(i))) {
        List<Piece> changed = new ArrayList<>(statements);
        changed.set(i, each);
        all.add(new RandomProgram(List.of(changed)));
      }
    }
    return all;
  }

  private static List<Piece> smaller(Piece piece) {
    List<Piece> all = new ArrayList<>();
    piece.all().skip(1).filter(each -> fits(each.sort(), piece.sort())).forEach(all::add);
    Collections.reverse(all);
    List<Piece> inner = piece.inner();
    if (inner.isEmpty()) return all;
    if (piece.sort() == Sort.TABLE) all.addFirst(new Piece.Resource(0));
    Piece.Maker maker = new Piece.Maker(new Random(1));
    boolean simple = piece instanceof Filled(Sort sort, Shape shape, var _) && shape.equals(Shapes.of(sort).getFirst());
    if (!simple && (piece.sort() == Sort.RUNNABLE || piece.sort() == Sort.APP_ACT)) {
      all.addFirst(maker.simple(piece.sort()));
    }
    for (int i = 0; i < inner.size(); i++) {
      for (Piece each : smaller(inner.get(i))) {
        List<Piece> changed = new ArrayList<>(inner);
        changed.set(i, each);
        all.add(piece.with(changed));
      }
    }
    return all;
  }

  private static boolean fits(Sort inner, Sort outer) {
    return inner == outer || (inner == Sort.ACT && outer == Sort.STATEMENT);
  }

  /// The names of the shapes in a handler.
  List<String> shapes(int handler) {
    return handlers.get(handler).stream().flatMap(Piece::all).flatMap(each -> switch (each) {
      case Filled(var _, Shape shape, var _) -> java.util.stream.Stream.of(shape.name());
      case Held held -> java.util.stream.Stream.of(held.holder().name() + " " + held.place());
      case Piece.Resource _ -> java.util.stream.Stream.empty();
    }).distinct().toList();
  }

  /// The source of the app.
  String source(String name) {
    return new ProgramText(name).of(handlers);
  }

}
