package dovetail.milter.source;

import java.util.Optional;

/** The exceptions that administrators make from the policies of authors' domains. */
@FunctionalInterface
public interface Exceptions {
  /** There never are any. */
  Exceptions NONE = () -> Optional.of(ExceptionTable.EMPTY);

  /** All of one moment; nothing while it is not known which there are. */
  Optional<ExceptionTable> table();
}
