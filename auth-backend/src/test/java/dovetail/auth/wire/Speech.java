package dovetail.auth.wire;

import dovetail.live.Octets;
import dovetail.server.io.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * What comes of it when both sides of a protocol read what the other has said, and write again what
 * they have read.
 *
 * @param asked what the client's side makes of what the server's side has read
 * @param answered the other way round
 * @param broken how the client has broken the protocol; empty if not
 * @param brokenAnswer how the server has
 * @param shown all records, as logs would have them
 */
record Speech(
    String asked, String answered, String broken, String brokenAnswer, List<String> shown) {
  /** The protocols. */
  enum Protocol {
    AUTH,
    MASTER,
    DICT
  }

  /** Has it all read, so many octets at a time. */
  static Speech of(Protocol protocol, String asked, String answered, int size) throws IOException {
    Hearing hearing = new Hearing();
    switch (protocol) {
      case AUTH -> auth(hearing, asked, answered, size);
      case MASTER -> master(hearing, asked, answered, size);
      case DICT -> dict(hearing, asked, answered, size);
    }
    return new Speech(
        Octets.string(hearing.askedAgain.toByteArray()),
        Octets.string(hearing.answeredAgain.toByteArray()),
        hearing.broken,
        hearing.brokenAnswer,
        hearing.shown);
  }

  /** What has come of it so far. */
  private static final class Hearing {
    private final ByteArrayOutputStream askedAgain = new ByteArrayOutputStream();
    private final ByteArrayOutputStream answeredAgain = new ByteArrayOutputStream();
    private final List<String> shown = new ArrayList<>();
    private String broken = "";
    private String brokenAnswer = "";

    private <T> T shown(T read) {
      shown.add(String.valueOf(read));
      return read;
    }
  }

  private static void auth(Hearing hearing, String asked, String answered, int size)
      throws IOException {
    AuthServerCodec server =
        new AuthServerCodec(Octets.input(asked, size), Sinks.into(hearing.answeredAgain));
    AuthClientCodec client =
        new AuthClientCodec(
            Octets.input(answered, size),
            Sinks.into(hearing.askedAgain),
            AuthClientCodec.UnknownLines.REFUSE);
    try {
      while (server.await()) {
        client.write(hearing.shown(server.read()));
      }
    } catch (ProtocolException e) {
      hearing.broken = String.valueOf(e.getMessage());
    }
    try {
      while (client.await()) {
        server.write(hearing.shown(client.read()));
      }
    } catch (ProtocolException e) {
      hearing.brokenAnswer = String.valueOf(e.getMessage());
    }
  }

  private static void master(Hearing hearing, String asked, String answered, int size)
      throws IOException {
    MasterServerCodec server =
        new MasterServerCodec(Octets.input(asked, size), Sinks.into(hearing.answeredAgain));
    MasterClientCodec client =
        new MasterClientCodec(Octets.input(answered, size), Sinks.into(hearing.askedAgain));
    try {
      while (server.await()) {
        client.write(hearing.shown(server.read()));
      }
    } catch (ProtocolException e) {
      hearing.broken = String.valueOf(e.getMessage());
    }
    try {
      while (client.await()) {
        server.write(hearing.shown(client.read()));
      }
    } catch (ProtocolException e) {
      hearing.brokenAnswer = String.valueOf(e.getMessage());
    }
  }

  private static void dict(Hearing hearing, String asked, String answered, int size)
      throws IOException {
    DictServerCodec server =
        new DictServerCodec(Octets.input(asked, size), Sinks.into(hearing.answeredAgain));
    Queue<DictCommand> due = new ArrayDeque<>();
    try {
      if (!server.await()) {
        return;
      }
      DictHello hello = hearing.shown(server.readHello());
      DictClientCodec client =
          new DictClientCodec(Octets.input(answered, size), Sinks.into(hearing.askedAgain), hello);
      client.writeHello();
      commands(hearing, server, client, due);
      answers(hearing, server, client, due);
    } catch (ProtocolException e) {
      hearing.broken = String.valueOf(e.getMessage());
    }
  }

  private static void commands(
      Hearing hearing, DictServerCodec server, DictClientCodec client, Queue<DictCommand> due)
      throws IOException {
    try {
      while (server.await()) {
        DictCommand command = hearing.shown(server.read());
        due.add(command);
        client.write(command);
      }
    } catch (ProtocolException e) {
      hearing.broken = String.valueOf(e.getMessage());
    }
  }

  /** Reads each answer as the question demands. */
  private static void answers(
      Hearing hearing, DictServerCodec server, DictClientCodec client, Queue<DictCommand> due)
      throws IOException {
    try {
      while (client.await()) {
        DictCommand command = due.poll();
        switch (command) {
          case null -> throw new ProtocolException("an answer that nobody waits for");
          case DictCommand.Lookup _ -> server.write(hearing.shown(client.readLookup()));
          case DictCommand.Iterate _ -> {
            DictReply.Iteration row = hearing.shown(client.readRow());
            server.write(row);
            while (row instanceof DictReply.Row) {
              row = hearing.shown(client.readRow());
              server.write(row);
            }
          }
          case DictCommand.Commit _, DictCommand.CommitAsync _ ->
              server.write(hearing.shown(client.readCommit()));
          case DictCommand.Begin _,
              DictCommand.Set _,
              DictCommand.Unset _,
              DictCommand.Increment _,
              DictCommand.Timestamp _,
              DictCommand.HideLogValues _,
              DictCommand.Rollback _ -> {}
        }
      }
    } catch (ProtocolException e) {
      hearing.brokenAnswer = String.valueOf(e.getMessage());
    }
  }
}
