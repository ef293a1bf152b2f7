-- A row or more for every table of 0.1.0, all made up. What is sealed or hashed in a real register is
-- any bytes here. A later version has a file of its own, begun as a copy of the one before.

INSERT INTO deliveries (id, source, form, place, content, size, received, state, outcome, released) VALUES
    (1, 'mail-1', 'message', 'inbox/1/1', 'c1', 1000, '2010-04-12T09:00:00Z', 'judged', 'accepted', '2010-04-12T09:01:00Z'),
    (2, 'mail-1', 'message', 'inbox/1/2', 'c2', 2000, '2010-04-13T09:00:00Z', 'judged', 'referred', NULL),
    (3, 'mail-1', 'message', 'inbox/1/3', 'c3', 3000, '2010-04-14T09:00:00Z', 'spooled', NULL, NULL);
INSERT INTO deliveries (id, source, form, place, agency, hint, name, content, size, received, whose, state, tries) VALUES
    (4, 'drop', 'file', 'd4', X'01', X'02', X'03', 'c4', 4000, '2010-04-15T09:00:00Z', 'w4', 'set aside', 3);
INSERT INTO met_again (source, place, delivery_id, met) VALUES
    ('mail-1', 'inbox/2/1', 1, '2010-04-16T09:00:00Z');
INSERT INTO strays (id, source, form, place, way, kind, size, changed, noticed, gone) VALUES
    (1, 'drop', 'file', 's1', X'04', 'misplaced', 10, '2010-04-12T08:00:00Z', '2010-04-12T09:00:00Z', '2010-04-13T09:00:00Z'),
    (2, 'drop', 'file', 's1', X'04', 'misplaced', 20, '2010-04-14T08:00:00Z', '2010-04-14T09:00:00Z', NULL),
    (3, 'mail-1', 'message', 's2', X'05', 'no message', 20, '2010-04-14T08:00:00Z', '2010-04-14T09:00:00Z', NULL);
INSERT INTO outages (id, kind, subject, said, fix, since, over) VALUES
    (1, 'mailbox', 'mail-1', 'It was away.', 'Wait.', '2010-04-12T09:00:00Z', '2010-04-12T10:00:00Z'),
    (2, 'mailbox', 'mail-1', 'It is away.', 'Wait.', '2010-04-16T09:00:00Z', NULL);
INSERT INTO alarms (way, outage_id, over, told, tries, since, not_before, answer) VALUES
    ('file', 1, 0, '2010-04-12T09:15:00Z', 0, NULL, NULL, ''),
    ('command', 2, 0, NULL, 1, '2010-04-16T09:15:00Z', '2010-04-16T09:20:00Z', 'it ended with exit status 3');

INSERT INTO beginnings (part, source, at, last, messages, oldest, noted) VALUES
    ('b1', 'mail-1', '2010-04-11T23:00:00Z', '1.20000', 20000, 2001, '2010-04-12T08:00:00Z');
INSERT INTO passed_over (source, place, state, at) VALUES
    ('mail-1', 'inbox/1/9', 'left', '2010-04-12T09:00:00Z');
INSERT INTO destroyed (id, content, case_id, why, at, done) VALUES
    (1, 'c9', 1, 'withdrawn', '2010-04-12T09:00:00Z', '2010-04-12T09:00:00Z'),
    (2, 'c8', NULL, 'stranger', '2010-04-12T09:00:00Z', NULL);
INSERT INTO turns (source, domain, sealed, messages, day, since) VALUES
    ('mail-1', 'd1', X'1A', 60, '2010-04-12', '2010-04-12T09:00:00Z');
INSERT INTO strangers (day, domain, taken) VALUES
    ('2010-04-12', 'd1', 3);

INSERT INTO cases (id, reference, state, complete_by, sealed) VALUES
    (1, 'N12', 'open', '2010-09-01', X'05'),
    (2, 'N13', 'closed', '2010-10-01', X'06');
INSERT INTO agencies (id, case_id, code, name) VALUES
    (1, 1, 'GP', 'Meadow Lane Surgery'),
    (2, 1, 'POL', 'Shire Police');
INSERT INTO contacts (id, agency_id, role, address, sealed, state, paused) VALUES
    (1, 1, 'author', 'a1', X'07', 'active', NULL),
    (2, 1, 'commissioner', 'a2', X'08', 'active', '2010-05-01'),
    (3, 2, 'panel representative', 'a3', X'09', 'removed', NULL);
INSERT INTO returns (id, agency_id, kind, due, due_version, state, received, accepted) VALUES
    (1, 1, 'chronology', '2010-04-16', 1, 'accepted', '2010-04-12', '2010-04-12'),
    (2, 1, 'imr', '2010-06-04', 2, 'referred', '2010-04-13', NULL),
    (3, 2, 'chronology', '2010-04-30', 1, 'awaited', NULL, NULL),
    (4, 2, 'imr', '2010-05-28', 1, 'waived', NULL, NULL);
INSERT INTO origins (id, delivery_id, agency_id, contact_id, thread, automatic, says_more) VALUES
    (1, 1, 1, 1, X'0A', '', 1),
    (2, 2, NULL, NULL, NULL, '', 0);
INSERT INTO absences (delivery_id, contact_id, until, deputy, noted) VALUES
    (3, 1, '2010-05-01', X'0B', '2010-04-14T09:01:00Z');
INSERT INTO bounces (delivery_id, message_id, weight, why, proof, noted) VALUES
    (3, '<letter-3@board.example>', 'hard', 'no-such-address', 'relay', '2010-04-14T09:01:00Z');
INSERT INTO unfinished (key, tries, last) VALUES ('answer to delivery 1 for agency 1', 1, '2010-04-14T09:01:00Z');
INSERT INTO rehearsals (delivery_id, agency_id, contact_id, thread, sealed, unsaid, asked) VALUES
    (3, 1, 1, X'0C', X'0D', 1, '2010-04-14T09:01:00Z');

INSERT INTO entries
    (id, delivery_id, position, part, content, case_id, agency_id, kind, return_id, verdict, sealed, judged)
VALUES
    (1, 1, 1, 1, 'e1', 1, 1, 'chronology', 1, 'accept', X'0E', '2010-04-12T09:01:00Z'),
    (2, 2, 1, 1, 'e2', NULL, NULL, NULL, NULL, 'refer', X'0F', '2010-04-13T09:01:00Z');
INSERT INTO leavers (entry_id, contact_id, last_day, gone) VALUES (2, 1, '2010-04-16', 0);
INSERT INTO decisions (id, what, case_id, agency_id, entry_id, sealed, decided) VALUES
    (1, 'assign', 1, 1, 2, X'10', '2010-04-13T12:00:00Z'),
    (6, 'keep', 1, 1, 1, X'10', '2010-04-15T12:00:00Z');
INSERT INTO entries
    (id, delivery_id, position, part, content, case_id, agency_id, kind, return_id, verdict, reason,
     decision_id, sealed, judged)
VALUES
    (3, 2, 1, 2, 'e2', 1, 1, 'imr', 2, 'refer', 'assigned', 1, X'11', '2010-04-13T12:00:00Z');
INSERT INTO decisions (id, what, case_id, agency_id, return_id, contact_id, until, due_version, sealed, decided)
VALUES
    (2, 'extend', 1, 1, 2, NULL, '2010-06-04', 2, X'12', '2010-04-14T12:00:00Z'),
    (3, 'waive', 1, 2, 4, NULL, NULL, NULL, X'13', '2010-04-14T12:00:00Z'),
    (4, 'remove', 1, 2, NULL, 3, NULL, NULL, X'14', '2010-04-14T12:00:00Z');
INSERT INTO decisions (id, what, case_id, agency_id, return_id, lead_id, sealed, decided) VALUES
    (5, 'waive', 1, 2, 3, 3, X'15', '2010-04-14T12:00:00Z');
INSERT INTO repeats (delivery_id, entry_id) VALUES (3, 1);
INSERT INTO record (seq, at, what, detail, seal) VALUES
    (1, '2010-04-01T09:00:00Z', 'case', '{"case": "N12"}', 'r1'),
    (2, '2010-04-12T09:01:00Z', 'entry', '{"entry": 1}', 'r2');
INSERT INTO row_proofs (of_table, row_key, digest) VALUES ('cases', '[1]', 'd1');

INSERT INTO letters
    (id, key, kind, case_id, agency_id, contact_id, recipient, message_id, sealed, state, not_before, queued, since,
     told_on, sent)
VALUES
    (1, 'acknowledgement:1', 'acknowledgement', 1, 1, 1, X'25', '<letter-1@board.example>', X'15', 'sent',
     '2010-04-12T09:01:00Z', '2010-04-12T09:01:00Z', '2010-04-12T09:01:00Z', '2010-04-12', '2010-04-12T09:02:00Z'),
    (2, 'digest:2010-04-13', 'digest', NULL, NULL, NULL, X'26', '<letter-2@board.example>', X'16', 'queued',
     '2010-04-13T07:00:00Z', '2010-04-13T07:00:00Z', '2010-04-13T07:00:00Z', '2010-04-13', NULL),
    (3, 'reminder:3', 'reminder', 1, 2, 3, X'27', '<letter-3@board.example>', X'17', 'undelivered',
     '2010-04-13T09:00:00Z', '2010-04-13T09:00:00Z', '2010-04-13T09:00:00Z', '2010-04-13', '2010-04-13T09:01:00Z');
INSERT INTO asks (letter_id, entry_id, agency_id, agreed) VALUES (2, 3, 1, 0);
INSERT INTO rungs (return_id, due_version, days, letter_id) VALUES (3, 1, -10, 3);
INSERT INTO tells (letter_id, delivery_id, entry_id) VALUES (1, 3, NULL), (1, NULL, 1);
INSERT INTO pauses (id, paused, resumed) VALUES
    (1, '2010-04-12T09:00:00Z', '2010-04-12T10:00:00Z'),
    (2, '2010-04-16T09:00:00Z', NULL);
INSERT INTO slips (delivery_id, agency_id, what, outcome, at) VALUES
    (4, 1, 'receipt', 'put', '2010-04-15T09:02:00Z');
INSERT INTO heard (source, at) VALUES
    ('mail-1', '2010-04-16T09:00:00Z'),
    ('drop', '2010-04-16T09:00:00Z');
INSERT INTO transport_waits VALUES ('outbox', 2, '2010-04-01T09:00:00+00:00', '2010-04-01T09:10:00+00:00', 'the mail server cannot be reached');

INSERT INTO listed (letter_id, name, what, items) VALUES
    (2, '7f3a-92c1-04be', 'entries', '[1,2]');
INSERT INTO stopped (key, kind, case_id, agency_id, contact_id, since) VALUES
    ('chaser/1', 'chaser', 1, 1, 1, '2010-04-16T09:00:00Z');
INSERT INTO recoveries VALUES (1, '2010-04-07T09:00:00+00:00', '2010-04-06T09:00:00+00:00', NULL, NULL, 60);
INSERT INTO told_before VALUES ('0f', 'f0', '2010-04-06T09:00:00+00:00');
INSERT INTO numbered_asks VALUES (2, 1, 'entries', '[1,2]', 2, 0, x'00');
INSERT INTO order_mails (delivery_id, outcome, why, sealed, settled) VALUES
    (1, 'answered', '', X'06', '2010-04-16T09:30:00Z'),
    (2, 'refused', 'unproven', X'07', '2010-04-16T09:31:00Z');
INSERT INTO orders (delivery_id, letter_id, number, word, decisions, sealed, done) VALUES
    (1, 2, 1, 'accept', '[1]', X'08', '2010-04-16T09:30:00Z');
INSERT INTO trials VALUES (1, '2010-03-01T09:00:00+00:00', '2010-03-15T09:00:00+00:00');
INSERT INTO officer_absences VALUES (1, '2010-04-20', '2010-04-12T09:00:00+00:00', NULL);
