package io.kbsserver.rest.preconditions;

import com.github.benmanes.caffeine.cache.Weigher;
import io.kbsserver.rest.preconditions.RecentAnswers.Given;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Weighs recent answers by what they take of memory, about. */
@Singleton
@Named("answers")
class AnswerWeigher implements Weigher<Object, Object> {

  /** Of the key, the headers and what holds them. */
  private static final int AROUND = 1024;

  @Override
  public int weigh(Object question, Object answer) {
    return AROUND + (answer instanceof Given given ? given.body().length : 0);
  }
}
