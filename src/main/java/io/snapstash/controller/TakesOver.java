package io.snapstash.controller;

/** A part of the operator that rests while another operator leads. */
public interface TakesOver {
  /** This operator leads from now on: look at everything anew. Any thread may call. */
  void takeOver();
}
