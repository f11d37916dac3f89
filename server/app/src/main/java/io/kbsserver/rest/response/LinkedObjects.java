package io.kbsserver.rest.response;

import io.kbsserver.refusal.Refusal;
import java.util.Map;
import java.util.Set;

/** Reads what the links of an answer lead to. */
public interface LinkedObjects {

  /**
   * What each link leads to: the object as it is answered, in {@link io.kbsserver.list.Late} where
   * some of its texts come late, or, where that fails, the {@link Refusal} with which it does.
   */
  Map<String, Object> read(Set<String> hrefs);
}
