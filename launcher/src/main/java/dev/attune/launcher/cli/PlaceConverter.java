package dev.attune.launcher.cli;

import dev.attune.launcher.console.Shell;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a typed path or URI; a relative one is taken from the shell's directory. */
record PlaceConverter(Shell shell) implements ITypeConverter<Place> {
  @Override
  public Place convert(String typed) {
    if (typed.isEmpty()) {
      throw new TypeConversionException(Messages.of("launcher.usage.empty-place"));
    }
    try {
      return shell.place(typed);
    } catch (PlaceException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
