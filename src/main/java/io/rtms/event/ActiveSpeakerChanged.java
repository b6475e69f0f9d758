package io.rtms.event;

/**
 * Somebody else speaks now (event 2).
 *
 * @param speaker who speaks
 */
public record ActiveSpeakerChanged(StreamRef stream, Participant speaker, long timestamp) implements RtmsEvent {}
