-- What was decided, in a sentence, and by which version of the gate's rules: null in older rows.
alter table promotions add column if not exists sentence varchar(4000);
alter table promotions add column if not exists gate int;
