package io.snapstash.wire;

/** What somebody gets to see of a watch. Called on one event loop. */
public interface View {
  /** A line has come from the server; given without its end. */
  void line(String line);

  /** The server has ended the answer. */
  void ended();

  /** Where the lines go. */
  interface Out {
    void send(String line);

    /** The answer is complete; the server is asked for nothing more. */
    void end();

    /** The connection breaks. */
    void cut();
  }
}
