package dev.pinion.dynamodb;

import dev.pinion.dynamodb.Token.Kind;
import java.util.List;

/** A position in the tokens of an expression. Used by one thread. */
final class TokenReader {
  private static final int TEXT_LIMIT = 4096;
  /** How deeply an expression may be nested: each level has an operator, except for parentheses too many. */
  private static final int LEVELS = 300;

  private final ExpressionParameter parameter;
  private final String text;
  private final List<Token> tokens;
  private int at;
  private int depth;

  /**
   * Starts at an expression's beginning.
   *
   * @throws DynamoDbError if the expression is empty or too long
   */
  TokenReader(ExpressionParameter parameter, String text) {
    if (text.isEmpty()) {
      throw parameter.invalid("The expression can not be empty;");
    } else if (text.length() > TEXT_LIMIT) {
      throw parameter.invalid(
          "Expression size has exceeded the maximum allowed size; expression size: " + text.length());
    }
    this.parameter = parameter;
    this.text = text;
    tokens = Tokens.of(text);
  }

  ExpressionParameter parameter() {
    return parameter;
  }

  Token peek() {
    return tokens.get(at);
  }

  boolean isSymbol(String symbol) {
    return peek().isSymbol(symbol);
  }

  /** Whether the token after the next one is a symbol. */
  boolean isSymbolBehind(String symbol) {
    return at + 1 < tokens.size() && tokens.get(at + 1).isSymbol(symbol);
  }

  Token take() {
    return tokens.get(at++);
  }

  /** Begins a part within a part; {@link #leave} ends it. */
  void enter() {
    if (++depth > LEVELS) {
      throw parameter.invalid(
          "The expression contains too many operators; operator count: more than " + LEVELS);
    }
  }

  void leave() {
    depth--;
  }

  /** Begins a part in parentheses if it comes next. */
  boolean opens() {
    boolean opens = takes("(");
    if (opens) enter();
    return opens;
  }

  /** Ends a part in parentheses. */
  void close() {
    symbol(")");
    leave();
  }

  /** Takes the next token if it is of a kind; it is a mistake otherwise. */
  Token take(Kind kind) {
    if (!peek().is(kind)) {
      throw unexpected();
    }
    return take();
  }

  void symbol(String symbol) {
    if (!isSymbol(symbol)) {
      throw unexpected();
    }
    at++;
  }

  /** Takes a symbol if it comes next. */
  boolean takes(String symbol) {
    boolean here = isSymbol(symbol);
    if (here) at++;
    return here;
  }

  /** Takes a keyword if it comes next. */
  boolean takesKeyword(String keyword) {
    boolean here = peek().isKeywordOf(keyword);
    if (here) at++;
    return here;
  }

  void end() {
    if (!peek().is(Kind.END)) {
      throw unexpected();
    }
  }

  /** The refusal of the next token. */
  DynamoDbError unexpected() {
    Token token = peek();
    int from = at == 0 ? 0 : tokens.get(at - 1).from();
    Token after = tokens.get(Math.min(tokens.size() - 1, at + 1));
    return parameter.invalid(
        "Syntax error; token: \"" + token.text() + "\", near: \"" + text.substring(from, after.to()) + "\"");
  }

  /** The refusal of parentheses around an expression that has them already. */
  DynamoDbError redundantParentheses() {
    return parameter.invalid("The expression has redundant parentheses;");
  }
}
