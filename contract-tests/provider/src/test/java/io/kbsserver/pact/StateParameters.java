package io.kbsserver.pact;

import au.com.dius.pact.core.model.Interaction;
import au.com.dius.pact.core.model.ProviderState;
import au.com.dius.pact.provider.junitsupport.State;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What provider states can be told. One that is misspelt would leave its default, unseen. */
final class StateParameters {

  private StateParameters() {}

  /** All states by name. */
  static Map<String, Method> states() {
    Map<String, Method> states = new TreeMap<>();
    for (Method method : ProviderStates.class.getDeclaredMethods()) {
      State state = method.getAnnotation(State.class);
      if (state != null) {
        List.of(state.value()).forEach(name -> states.put(name, method));
      }
    }
    return states;
  }

  /** The names of what a state can be told. */
  static Set<String> of(Method state) {
    Set<String> names = new TreeSet<>();
    for (String parameter : state.getAnnotation(Explained.class).parameters()) {
      names.addAll(List.of(parameter.substring(0, parameter.indexOf(':')).split(", ")));
    }
    return names;
  }

  /**
   * Looks at the states that an interaction names; what is no state is told by pact-jvm.
   *
   * @throws IllegalArgumentException where one is told what it does not know
   */
  static void check(Interaction interaction) {
    Map<String, Method> states = states();
    for (ProviderState state : interaction.getProviderStates()) {
      if (states.containsKey(state.getName())) {
        Set<String> known = of(states.get(state.getName()));
        Set<String> unknown = new TreeSet<>(state.getParams().keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
          throw new IllegalArgumentException(
              "\"%s\" names the state \"%s\" with %s, and it takes %s"
                  .formatted(
                      interaction.getDescription(),
                      state.getName(),
                      String.join(", ", unknown),
                      known.isEmpty() ? "nothing" : String.join(", ", known)));
        }
      }
    }
  }
}
