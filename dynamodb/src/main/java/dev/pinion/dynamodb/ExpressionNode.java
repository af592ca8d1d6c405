package dev.pinion.dynamodb;

import dev.pinion.Condition.Comparison;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A part of an expression as it was written: placeholders are not replaced, functions may be unknown. */
sealed interface ExpressionNode {

  /** The parts of this part. */
  List<ExpressionNode> parts();

  /** Visits this part and all parts within, from the left. */
  default void visit(Consumer<ExpressionNode> visitor) {
    visitor.accept(this);
    parts().forEach(part -> part.visit(visitor));
  }

  /** What can stand in a comparison or as an argument. */
  sealed interface Term extends ExpressionNode {}

  /** A document path. */
  record Path(List<Element> elements) implements Term {
    @Override
    public List<ExpressionNode> parts() {
      return List.of();
    }
  }

  /** An element of a path: a name, a name's placeholder, or an index. */
  record Element(Token token) {}

  /** A value's placeholder. */
  record Value(String placeholder) implements Term {
    @Override
    public List<ExpressionNode> parts() {
      return List.of();
    }
  }

  /** A call of a function, which may also be a condition. */
  record Call(String function, List<Term> arguments) implements Term {
    @Override
    public List<ExpressionNode> parts() {
      return List.copyOf(arguments);
    }
  }

  /** A sum or difference. */
  record Arithmetic(boolean plus, Term left, Term right) implements ExpressionNode {
    @Override
    public List<ExpressionNode> parts() {
      return List.of(left, right);
    }
  }

  /** A comparison. */
  record Compare(Term left, Comparison comparison, Term right) implements ExpressionNode {
    @Override
    public List<ExpressionNode> parts() {
      return List.of(left, right);
    }
  }

  /** {@code operand BETWEEN low AND high}. */
  record Between(Term operand, Term low, Term high) implements ExpressionNode {
    @Override
    public List<ExpressionNode> parts() {
      return List.of(operand, low, high);
    }
  }

  /** {@code operand IN (candidates)}. */
  record In(Term operand, List<Term> candidates) implements ExpressionNode {
    @Override
    public List<ExpressionNode> parts() {
      return Stream.concat(Stream.<ExpressionNode>of(operand), candidates.stream()).toList();
    }
  }

  /** Both conditions. */
  record And(ExpressionNode left, ExpressionNode right) implements ExpressionNode {
    @Override
    public List<ExpressionNode> parts() {
      return List.of(left, right);
    }
  }

  /** One of two conditions. */
  record Or(ExpressionNode left, ExpressionNode right) implements ExpressionNode {
    @Override
    public List<ExpressionNode> parts() {
      return List.of(left, right);
    }
  }

  /** Not a condition. */
  record Not(ExpressionNode condition) implements ExpressionNode {
    @Override
    public List<ExpressionNode> parts() {
      return List.of(condition);
    }
  }

  /** A section of an update. */
  enum Clause {
    /** Sets attributes. */
    SET,
    /** Removes attributes. */
    REMOVE,
    /** Adds to numbers and sets. */
    ADD,
    /** Deletes from sets. */
    DELETE
  }

  /** An action of an update; the value is empty for {@code REMOVE}. */
  record Action(Clause clause, Path path, List<ExpressionNode> value) implements ExpressionNode {
    @Override
    public List<ExpressionNode> parts() {
      return Stream.concat(Stream.<ExpressionNode>of(path), value.stream()).toList();
    }
  }
}
