package dovetail.server;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Accepts the connections of one service, from all its listeners on one thread. It waits until a
 * connection is there, then takes a permit, and only then accepts: a connection too many waits in
 * the system's queue, and nobody is made to go for one that never comes.
 */
final class Acceptor {
  private static final int MOST_AT_ONCE = 64;

  /** What the acceptor needs from its service. */
  interface Intake {
    /** Takes a permit, making room where that is allowed; false when interrupted. */
    boolean awaitPermit();

    /** Takes a permit if there is one. */
    boolean tryPermit();

    /** Gives back a permit that was not needed. */
    void returnPermit();

    /** Takes over a connection, and the permit with it. */
    void accepted(SocketChannel channel, Listener listener);

    /** Records that accepting has failed. */
    void failed();
  }

  private final Selector selector;
  private final Intake intake;
  private final AcceptFailures failures;
  private final Thread thread;
  private volatile boolean stopped;

  Acceptor(String service, Intake intake) throws IOException {
    this.selector = Selector.open();
    this.intake = intake;
    this.failures = new AcceptFailures(service);
    this.thread = Thread.ofPlatform().daemon().name(service + "-accept").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void add(Listener listener) {
    try {
      listener.channel().register(selector, SelectionKey.OP_ACCEPT, listener);
    } catch (ClosedChannelException e) {
      throw new IllegalStateException("a listener that was just bound", e);
    }
    selector.wakeup();
  }

  /** Closes a listener; the selector must notice before its port is free. */
  void remove(Listener listener) {
    listener.close();
    selector.wakeup();
  }

  /** Ends the thread; when this returns nothing more is accepted. */
  void stop() {
    stopped = true;
    thread.interrupt();
    selector.wakeup();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    try {
      selector.close();
    } catch (IOException _) {
      // Nothing is registered any more.
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopped) {
      try {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.attachment() instanceof Listener listener) {
            acceptFrom(listener);
          }
        }
        selector.selectedKeys().clear();
      } catch (IOException | RuntimeException e) {
        // Whatever it was, this thread must live: without it the service is deaf.
        pause(failures.failed(e));
      }
    }
  }

  private void acceptFrom(Listener listener) {
    for (int i = 0; i < MOST_AT_ONCE && !stopped; i++) {
      // The selector has promised the first one only: for the next, nobody is made to go.
      boolean permitted = i == 0 ? intake.awaitPermit() : intake.tryPermit();
      if (!permitted || !acceptOne(listener)) {
        return;
      }
    }
  }

  private boolean acceptOne(Listener listener) {
    SocketChannel channel;
    try {
      channel = listener.channel().accept();
    } catch (ClosedChannelException _) {
      intake.returnPermit();
      return false;
    } catch (IOException e) {
      intake.returnPermit();
      intake.failed();
      pause(failures.failed(e));
      return false;
    }
    if (channel == null) {
      intake.returnPermit();
      return false;
    }
    failures.succeeded();
    intake.accepted(channel, listener);
    return true;
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      // Only stop() interrupts, and run() looks at its flag next.
      Thread.currentThread().interrupt();
    }
  }
}
