-- The answers of text models, by the hash of model and request; requests themselves are not kept.
create table if not exists model_replies (
  -- SHA-256 of model and request.
  request_key varchar(64) not null,
  -- The n-th answer to the same request, from 0.
  ordinal int not null,
  -- SHA-256 of the request alone.
  request varchar(64) not null,
  provider varchar(60) not null,
  model varchar(500) not null,
  address varchar(500) not null,
  -- JSON: text, thoughts, tool calls, finish reason, usage, version.
  reply text not null,
  entered_at timestamp with time zone not null,
  entered_by varchar(200) not null,
  primary key (request_key, ordinal)
);
