package io.resolute.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a Markdown document as tests look at: sections, tables, fenced blocks, comments. */
final class Markdown {
  private static final Pattern HEADING = Pattern.compile("(#{1,6}) (.*)");
  private static final Pattern FENCE = Pattern.compile("( *)```(.*)");
  private static final Pattern COMMENT = Pattern.compile("<!-- (.*) -->");

  /** Something that stands in a document. */
  interface Element {
    /** Returns the line that it begins at, from 1. */
    int line();
  }

  /** A heading, with its code marks left out. */
  record Heading(int line, int level, String text) implements Element {}

  /** A fenced block; {@code info} is what stands behind the opening fence. */
  record Block(int line, String info, String text) implements Element {
    /** Returns whether the block's language is {@code language}. */
    boolean isIn(String language) {
      return info.equals(language) || info.startsWith(language + " ");
    }
  }

  /** A comment on a line of its own, which readers do not see. */
  record Comment(int line, String text) implements Element {}

  /** A row of a table, with the code marks left out of its cells. */
  record Row(int line, List<String> cells) implements Element {}

  private final List<Element> elements;

  private Markdown(List<Element> elements) {
    this.elements = elements;
  }

  /** Reads a document of this project. */
  static Markdown read(String file) {
    try {
      return parse(Files.readAllLines(Path.of(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Markdown parse(List<String> lines) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher fence = FENCE.matcher(line);
      Matcher heading = HEADING.matcher(line);
      Matcher comment = COMMENT.matcher(line);
      if (fence.matches()) {
        int indent = fence.group(1).length();
        StringBuilder text = new StringBuilder();
        int start = i + 1;
        while (!lines.get(++i).strip().equals("```")) {
          text.append(lines.get(i).substring(Math.min(indent, lines.get(i).length()))).append('\n');
        }
        elements.add(new Block(start, fence.group(2), text.toString()));
      } else if (heading.matches()) {
        elements.add(new Heading(i + 1, heading.group(1).length(), plain(heading.group(2))));
      } else if (comment.matches()) {
        elements.add(new Comment(i + 1, comment.group(1)));
      } else if (line.startsWith("|")) {
        elements.add(row(i + 1, line));
      }
    }
    return new Markdown(List.copyOf(elements));
  }

  private static Row row(int line, String text) {
    List<String> cells = new ArrayList<>();
    String inner = text.strip();
    for (String cell : inner.substring(1, inner.length() - 1).split("\\|", -1)) {
      cells.add(plain(cell.strip()));
    }
    return new Row(line, List.copyOf(cells));
  }

  /** Leaves out code marks, and what a link leads to. */
  private static String plain(String text) {
    return text.replace("`", "").replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1");
  }

  /** Returns what stands below the heading {@code text}, up to the next one of its level. */
  Markdown section(String text) {
    List<Element> within = new ArrayList<>();
    int level = 0;
    for (Element element : elements) {
      if (element instanceof Heading heading) {
        if (level > 0 && heading.level() <= level) {
          return new Markdown(within);
        }
        if (level == 0 && heading.text().equals(text)) {
          level = heading.level();
          continue;
        }
      }
      if (level > 0) {
        within.add(element);
      }
    }
    if (level == 0) {
      throw new AssertionError("no section is headed " + text);
    }
    return new Markdown(within);
  }

  /** Returns the texts of the headings of {@code level}. */
  List<String> headings(int level) {
    return of(Heading.class).stream()
        .filter(heading -> heading.level() == level)
        .map(Heading::text)
        .toList();
  }

  /** Returns the rows of the first table, without its head; none if there is no table. */
  List<List<String>> table() {
    List<List<String>> rows = new ArrayList<>();
    int last = 0;
    for (Row row : of(Row.class)) {
      if (last > 0 && row.line() != last + 1) {
        break;
      }
      last = row.line();
      rows.add(row.cells());
    }
    return rows.isEmpty() ? rows : rows.subList(2, rows.size());
  }

  /** Returns the blocks in {@code language}. */
  List<Block> blocks(String language) {
    return of(Block.class).stream().filter(block -> block.isIn(language)).toList();
  }

  /** Returns what stands in it that is of {@code type}. */
  <E extends Element> List<E> of(Class<E> type) {
    return elements.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Returns everything that stands in it, in order. */
  List<Element> elements() {
    return elements;
  }
}
