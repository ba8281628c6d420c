-- Duties of the complaints area (R111, R124–R128, domain.md 6.4). Values of an enum can be used only after the transaction
-- that adds them, so they come before the tables whose functions name them.
alter type directory.role add value 'complaint_clerk';
alter type directory.role add value 'complaint_officer';
alter type directory.role add value 'discipline_officer';
alter type directory.role add value 'political_officer';
alter type standing.fact_kind add value 'complaint_responsible';
alter type standing.fact_kind add value 'deduction_overdue';
