package dev.pinion.inspect;

import dev.pinion.inspect.Shapes.Shape;
import dev.pinion.inspect.Shapes.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// A piece of a generated program, with those that fill its gaps.
sealed interface Piece {
  Sort sort();

  List<Piece> inner();

  /// The same piece with others inside.
  Piece with(List<Piece> inner);

  /// A shape whose gaps are filled.
  record Filled(Sort sort, Shape shape, List<Piece> inner) implements Piece {
    @Override
    public Piece with(List<Piece> inner) {
      return new Filled(sort, shape, inner);
    }
  }

  /// A value that is put into a holder and taken from it.
  record Held(Sort sort, Shape holder, Place place, boolean asObject, Piece value) implements Piece {
    @Override
    public List<Piece> inner() {
      return List.of(value);
    }

    @Override
    public Piece with(List<Piece> inner) {
      return new Held(sort, holder, place, asObject, inner.getFirst());
    }
  }

  /// The table with a number.
  record Resource(int number) implements Piece {
    @Override
    public Sort sort() {
      return Sort.TABLE;
    }

    @Override
    public List<Piece> inner() {
      return List.of();
    }

    @Override
    public Piece with(List<Piece> inner) {
      return this;
    }
  }

  /// Where a holder is, and when it is filled.
  enum Place {
    /// A variable of define, which fills it.
    DEFINE,
    /// A field of the app, filled by define.
    FIELD,
    /// A static field, filled by define.
    STATIC,
    /// A static field, filled by the handler.
    LATE,
    /// A static field of a class that only handlers initialize.
    INITIALIZER,
    /// A static field, filled when a class is initialized by its name.
    BY_NAME,
    /// A variable of the handler.
    HANDLER
  }

  /// This piece and all that is in it.
  default Stream<Piece> all() {
    return Stream.concat(Stream.of(this), inner().stream().flatMap(Piece::all));
  }

  /// Makes pieces at random.
  record Maker(Random random) {
    <T> T one(List<T> choices) {
      return choices.get(random.nextInt(choices.size()));
    }

    Piece make(Sort sort, int depth) {
      return switch (sort) {
        case ACT -> filled(sort, one(Shapes.of(Sort.ACT)), 1);
        case STATEMENT -> depth <= 0 || random.nextInt(4) == 0 ? make(Sort.ACT, 0)
            : filled(sort, one(Shapes.of(sort)), depth - 1);
        case TABLE -> table(depth);
        case RUNNABLE, APP_ACT -> depth <= 0 ? simple(sort)
            : random.nextInt(2) == 0 ? held(sort, depth) : filled(sort, one(Shapes.of(sort)), depth - 1);
        case HOLDER -> throw new IllegalArgumentException("a holder is of a value");
      };
    }

    private Piece table(int depth) {
      if (depth <= 0 || random.nextInt(3) == 0) return new Resource(random.nextInt(3));
      return random.nextInt(3) == 0 ? filled(Sort.TABLE, one(Shapes.of(Sort.TABLE)), depth - 1)
          : held(Sort.TABLE, depth);
    }

    private Piece held(Sort sort, int depth) {
      return new Held(
          sort, one(Shapes.of(Sort.HOLDER)), one(List.of(Place.values())), random.nextInt(4) == 0,
          make(sort, depth - 1));
    }

    /// A lambda that uses a resource.
    Piece simple(Sort sort) {
      return filled(sort, Shapes.of(sort).getFirst(), 0);
    }

    Piece filled(Sort sort, Shape shape, int depth) {
      List<Piece> inner = new ArrayList<>();
      for (Sort each : shape.gaps()) inner.add(make(each, depth));
      return new Filled(sort, shape, inner);
    }
  }
}
