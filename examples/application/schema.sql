-- The table in which the application logs answers, and from which attune prepare reads feedback.
create table feedback (
  id uuid primary key default gen_random_uuid(),
  user_id text not null,
  prompt text not null,
  response text not null,
  model text not null,                                   -- who answered
  using_fallback text,                                   -- why not the tuned model; null: it answered
  rating smallint check (rating between 1 and 5),        -- null until the user rates the answer
  comment text,
  created_at timestamptz not null default now()
);
