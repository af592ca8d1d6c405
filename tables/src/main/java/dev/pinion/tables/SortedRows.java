package dev.pinion.tables;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the order of their keys' unsigned bytes, as an immutable AVL tree: a changed copy shares all but one path
 * with the original, so that whoever reads goes on seeing the rows as they were when the reading began.
 */
final class SortedRows {
  static final SortedRows EMPTY = new SortedRows(null, 0, 0);

  private final @Nullable Node root;
  private final int size;
  private final long bytes;

  private SortedRows(@Nullable Node root, int size, long bytes) {
    this.root = root;
    this.size = size;
    this.bytes = bytes;
  }

  /** What is called for each row; says whether to go on. */
  interface Visitor {
    boolean visit(byte[] key, Row row);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Node(byte[] key, Row row, @Nullable Node left, @Nullable Node right, int height) {
    Node(byte[] key, Row row, @Nullable Node left, @Nullable Node right) {
      this(key, row, left, right, 1 + Math.max(heightOf(left), heightOf(right)));
    }

    static int heightOf(@Nullable Node node) {
      return node == null ? 0 : node.height;
    }
  }

  /** Rows that are sorted already, each key once. */
  static SortedRows of(List<Map.Entry<byte[], Row>> sorted) {
    long bytes = sorted.stream().mapToLong(entry -> bytes(entry.getKey(), entry.getValue())).sum();
    return new SortedRows(build(sorted), sorted.size(), bytes);
  }

  private static @Nullable Node build(List<Map.Entry<byte[], Row>> sorted) {
    if (sorted.isEmpty()) {
      return null;
    }
    int middle = sorted.size() / 2;
    var entry = sorted.get(middle);
    return new Node(
        entry.getKey(),
        entry.getValue(),
        build(sorted.subList(0, middle)),
        build(sorted.subList(middle + 1, sorted.size())));
  }

  int size() {
    return size;
  }

  /** Returns how many bytes all keys and rows have together, encoded. */
  long bytes() {
    return bytes;
  }

  private static long bytes(byte[] key, @Nullable Row row) {
    return row == null ? 0 : key.length + row.bytes().length;
  }

  @Nullable
  Row get(byte[] key) {
    return get(root, key);
  }

  private static @Nullable Row get(@Nullable Node top, byte[] key) {
    Node node = top;
    while (node != null) {
      int order = Arrays.compareUnsigned(key, node.key);
      if (order == 0) {
        return node.row;
      }
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  /** These rows with one more, or another for a key that is there. */
  SortedRows with(byte[] key, Row row) {
    Row before = get(key);
    return new SortedRows(
        with(root, key, row), before == null ? size + 1 : size, bytes + bytes(key, row) - bytes(key, before));
  }

  private static Node with(@Nullable Node node, byte[] key, Row row) {
    if (node == null) {
      return new Node(key, row, null, null);
    }
    int order = Arrays.compareUnsigned(key, node.key);
    if (order == 0) {
      return new Node(node.key, row, node.left, node.right);
    }
    return order < 0
        ? balanced(node, with(node.left, key, row), node.right)
        : balanced(node, node.left, with(node.right, key, row));
  }

  /** These rows without the one of a key. */
  SortedRows without(byte[] key) {
    Row before = get(key);
    return before == null ? this : new SortedRows(without(root, key), size - 1, bytes - bytes(key, before));
  }

  private static @Nullable Node without(@Nullable Node node, byte[] key) {
    if (node == null) {
      return null;
    }
    int order = Arrays.compareUnsigned(key, node.key);
    if (order < 0) {
      return balanced(node, without(node.left, key), node.right);
    } else if (order > 0) {
      return balanced(node, node.left, without(node.right, key));
    } else if (node.left == null) {
      return node.right;
    } else if (node.right == null) {
      return node.left;
    }
    Node next = node.right;
    while (next.left != null) {
      next = next.left;
    }
    return balanced(next, node.left, without(node.right, next.key));
  }

  /** A node of an entry with two subtrees whose heights differ by two at most. */
  private static Node balanced(Node entry, @Nullable Node left, @Nullable Node right) {
    int lean = Node.heightOf(left) - Node.heightOf(right);
    if (left != null && lean > 1) {
      Node inner = left.right;
      return inner != null && inner.height > Node.heightOf(left.left)
          ? node(inner, node(left, left.left, inner.left), node(entry, inner.right, right))
          : node(left, left.left, node(entry, inner, right));
    } else if (right != null && lean < -1) {
      Node inner = right.left;
      return inner != null && inner.height > Node.heightOf(right.right)
          ? node(inner, node(entry, left, inner.left), node(right, inner.right, right.right))
          : node(right, node(entry, left, inner), right.right);
    }
    return node(entry, left, right);
  }

  private static Node node(Node entry, @Nullable Node left, @Nullable Node right) {
    return new Node(entry.key, entry.row, left, right);
  }

  /** What is called for each row that has changed; null stands for none. */
  interface Changes {
    void changed(byte[] key, @Nullable Row before, @Nullable Row after);
  }

  /** Visits what has changed since earlier rows. What both share is passed over, so few changes take little time. */
  void since(SortedRows before, Changes changes) {
    compare(before.root, root, changes);
  }

  @SuppressWarnings("ReferenceEquality") // a node that both share has not changed
  private static void compare(@Nullable Node before, @Nullable Node after, Changes changes) {
    if (before == after) {
      return;
    }
    if (before == null || after == null) {
      Node rest = before == null ? after : before;
      ascend(rest, null, null, (key, row) -> {
        changes.changed(key, before == null ? null : row, before == null ? row : null);
        return true;
      });
      return;
    }
    compare(before.left, part(after, before.key, true), changes);
    Row now = get(after, before.key);
    if (now != before.row) {
      changes.changed(before.key, before.row, now);
    }
    compare(before.right, part(after, before.key, false), changes);
  }

  /** The rows before a key or behind it, as a tree that may be out of balance. */
  private static @Nullable Node part(@Nullable Node node, byte[] key, boolean isBefore) {
    if (node == null) {
      return null;
    }
    int order = Arrays.compareUnsigned(node.key, key);
    if (order == 0) {
      return isBefore ? node.left : node.right;
    } else if (order < 0 == isBefore) {
      return isBefore ? new Node(node.key, node.row, node.left, part(node.right, key, true))
          : new Node(node.key, node.row, part(node.left, key, false), node.right);
    }
    return part(isBefore ? node.left : node.right, key, isBefore);
  }

  /** Visits the rows of a range of keys, in ascending or descending order, until the visitor has had enough. */
  void visit(KeyRange range, boolean descending, Visitor visitor) {
    if (descending) {
      descend(root, range.from(), range.to(), visitor);
    } else {
      ascend(root, range.from(), range.to(), visitor);
    }
  }

  private static boolean ascend(
      @Nullable Node node, byte @Nullable [] from, byte @Nullable [] to, Visitor visitor) {
    if (node == null) {
      return true;
    }
    boolean after = from == null || Arrays.compareUnsigned(node.key, from) >= 0;
    boolean before = to == null || Arrays.compareUnsigned(node.key, to) < 0;
    return (!after || ascend(node.left, from, before ? null : to, visitor))
        && (!after || !before || visitor.visit(node.key, node.row))
        && (!before || ascend(node.right, after ? null : from, to, visitor));
  }

  private static boolean descend(
      @Nullable Node node, byte @Nullable [] from, byte @Nullable [] to, Visitor visitor) {
    if (node == null) {
      return true;
    }
    boolean after = from == null || Arrays.compareUnsigned(node.key, from) >= 0;
    boolean before = to == null || Arrays.compareUnsigned(node.key, to) < 0;
    return (!before || descend(node.right, after ? null : from, to, visitor))
        && (!after || !before || visitor.visit(node.key, node.row))
        && (!after || descend(node.left, from, before ? null : to, visitor));
  }
}
