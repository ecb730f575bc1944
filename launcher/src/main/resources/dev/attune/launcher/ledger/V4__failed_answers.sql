-- Why a question got no answer, for good; null where it got one. Its answer is empty then.
alter table answers add column if not exists failure varchar(200);
