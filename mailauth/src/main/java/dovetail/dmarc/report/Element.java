package dovetail.dmarc.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element of XML with its text and what is in it; namespaces do not count, as reporters differ
 * in them.
 *
 * @param text without space around it
 */
record Element(String name, String text, List<Element> children) {
  /** One with elements in it. */
  static Element of(String name, Element... children) {
    return new Element(name, "", List.of(children));
  }

  /** The same. */
  static Element of(String name, Stream<Element> children) {
    return new Element(name, "", children.toList());
  }

  /** One with text alone. */
  static Element leaf(String name, String text) {
    return new Element(name, text, List.of());
  }

  Stream<Element> all(String child) {
    return children.stream().filter(each -> each.name.equals(child));
  }

  Optional<Element> first(String child) {
    return all(child).findFirst();
  }

  /** One that must be there. */
  Element one(String child) throws ReportException {
    return first(child)
        .orElseThrow(() -> new ReportException("<" + name + "> without <" + child + ">"));
  }

  /** The text of a child that has some. */
  Optional<String> value(String child) {
    return first(child).map(Element::text).filter(text -> !text.isEmpty());
  }

  /** A word, in lower case. */
  Optional<String> word(String child) {
    return value(child).map(XmlText::lower);
  }

  /** The text of a child that must have some. */
  String text(String child) throws ReportException {
    return value(child)
        .orElseThrow(() -> new ReportException("<" + name + "> without text in <" + child + ">"));
  }

  /** A number that must be there and not be negative. */
  long number(String child) throws ReportException {
    String digits = text(child);
    try {
      long number = Long.parseLong(digits);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new ReportException("no number in <" + child + ">", e);
    }
    throw new ReportException("negative number in <" + child + ">");
  }
}
