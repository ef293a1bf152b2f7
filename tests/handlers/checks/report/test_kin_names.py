"""Real names without a title are noticed beside the family's words, and honest capitals are not."""

from __future__ import annotations

import pytest

from handlers.checks.report.anonymity import PERSON_NAME, find_identifying_details
from handlers.checks.report.kin_names import names_somebody
from tests.each_case import each_case

NAMED = """\
Mother, Jade Whitcombe, rang at ten.
Father (Darren Pike) was arrested.
Child K's aunt Sharon Pike had him for the weekend.
The child's uncle Mohammed Iqbal was told.
Her partner D. Pike was in the garden.
The grandmother, D Pike, rang.
Jade Whitcombe, the mother, rang at ten.
Jade Whitcombe (mother) rang at ten.
The duty officer spoke with Darren Pike at the door.
Her partner Darren Pike was in the garden.
Jade Whitcombe rang at ten.
The duty officer took a call from Jade Whitcombe-Pike.
PC1 spoke with DARREN PIKE.
Her boyfriend called Zoltan Brzezik moved in.
Sibling 1's father (Zoltan Brzezik) had left.
Zoltan Brzezik, her partner, answered the door.
The stepfather: Zoltan O'Brien.
The lodger Zoltan McBride was asked to leave.
the mother, Kerry-Ann Doyle, asked for bedding.
Kelly-Ann Jones rang.
The mother, Mary-Kate O'Neill, rang.
The mother (Anne-Marie) rang.
The mother Karen rang.
The mother, K. Doyle, asked for bedding.
Mother (Kirsty) was out.
Kirsty, the mother, was out.
Child K's dad Shane was asked to leave.
The officer rang and Shane (Father) was asked to leave the room.
Her partner, Dave, left.
His parents, Karen and Shane, came.
Mother: Kirsty.
The mother, called Kerry-Ann, rang.
On 6 January her mum (Kelly T.) rang again.
The mother, Kelly T, rang.
Kelly T. (mother) rang.
Little Ruby was seen in the cot.
Staff saw young Sam in the yard.
""".splitlines()
HONEST = """\
The children went to Little Rose Nursery.
Little Acorns sent the children home.
The mother, Grace A Nursery said, was late.
The Mother (Adult T.) rang.
Health Visitor 2 saw Mother A and Child K at home.
Harbour Road Surgery was told by the Local Safeguarding Children Board.
Working Together 2010 says so, and Working Together was followed.
The Senior Practitioner spoke to Mother A.
Child K and Sibling 1 were taken to Accident and Emergency.
The Common Assessment Framework was used by Sure Start.
Mother, Health Visitor 2 and the Named Nurse met.
Mother, Social Worker B and Father attended the Child Protection Conference.
A Child Protection Plan was made at the Initial Child Protection Conference.
The Child Death Overview Panel met in March.
Father (Police National Computer check) had no convictions.
Mother (see Key Issues) was not asked.
The mother, Child K and Sibling 1 left.
At Westmark General, the mother refused treatment.
At Little Acorns, the child was quiet.
On arrival at St Brannock's Hospital, the father left.
The Multi Agency Risk Assessment Conference was in May.
Family Support Worker 1 visited on Monday.
The mother said that Sure Start had rung.
The Children Act 1989 and the Data Protection Act apply.
The partner Agency Meeting was held.
The Named Nurse told Social Worker B.
Mother attended Parent and Toddler Group.
Every Child Matters was read by all.
The Lead Professional, the mother and the school met.
The Duty Social Worker rang Mother.
Father told Police Constable 3 that he was well.
Safe Haven Refuge said that it had no room.
The review read the Laming Report and the Munro Review.
The Victoria Climbie inquiry said so.
The Emergency Duty Team was told.
Mother, Early Years Practitioner 1 and the nursery agreed.
Family Group Conference, the mother, and the school.
Child and Family Consultation Service saw him.
Sibling 1 attended Thornfield Academy.
The Education Welfare Officer visited the mother, Sibling 2 and Aunt 1.
The Youth Offending Service held no record.
Strategy Discussion, the father, and the police.
Mother moved to Mill Lane in June.
On Good Friday the father rang.
Mother: White British. Father: Black Caribbean.
Grandmother A cared for Child K.
Baby P and Child B were discussed.
The report of Lord Laming is known to staff.
The Designated Doctor, the mother and HV1 met.
Probation Officer 2 saw Father.
Thames Valley Police told the mother.
Great Ormond Street gave advice.
The father (Adult B) was seen.
Mother (Adult A), Father (Adult B), Sibling 1.
Royal Westmark Infirmary rang the mother.
The Independent Reviewing Officer was told.
Drug and Alcohol Team 3 saw Father.
Mother, Father and Sibling 1 live there.
Mother's partner, Adult C, was at home.
The Personal Child Health Record was lost.
Child K's school, Thornfield Academy, was told.
The child, Year One at Thornfield, was well.
Health Visiting Service, Midwifery Service and General Practice met.
The Public Protection Unit, the mother and SW3 met.
Sudden Unexpected Death in Infancy was considered.
Child In Need Plan, Core Group and Core Assessment.
The Framework for the Assessment of Children in Need was used.
Recommendation 1 is for Westmark Constabulary.
The Key to Personnel is in Appendix A.
Mother, New Deal adviser and Housing Officer met.
The Crown Prosecution Service, the father and the court.
Child Benefit, Income Support and Housing Benefit were paid.
The midwife told Mother that Healthy Start vouchers were due.
Care Quality Commission and Ofsted were told.
Mother, Monday Club and the nursery.
Father (Tuesday Group) attended.
Individual Management Review of Bridgeway Housing Association.
The Looked After Children Nurse saw Sibling 1.
NSPCC and Home Start helped the mother.
His brother, Sibling 2, was there.
Her sister, Aunt 1, and Uncle 1 came.
The carer, Foster Carer 1, was told.
Domestic Violence Unit and Women's Aid knew her.
Mother, Substance Misuse Worker 1, and HV2.
Child K (Subject Child) was three.
The Common Law, the child and the duty of care.
Mother's Day was quiet.
The Head Teacher rang Mother on New Year's Day.
The child, Key Stage One, was ahead.
Team Manager 1 and Practice Manager 2 discussed it.
The family lived in Flat 3.
The Terms of Reference ask about Information Sharing.
South Westmark Primary Care Trust wrote to the mother.
The Paediatric Liaison Health Visitor, the mother, and GP1.
Accident and Emergency told Children's Social Care.
Sibling 1's school nurse, School Nurse 2, rang.
The Area Child Protection Committee was its forerunner.
Child K, Mother A and Father B are of White British origin.
The Protecting Vulnerable Persons Unit rang the mother.
Westmark Borough Council, the landlord, wrote.
Her friend, Adult D, drove.
The neighbour, Adult E, rang the police.
Mother registered with Dr A at Mill View Surgery.
The Court of Protection, the mother, and CAFCASS.
Integrated Children's System, Care First and System One were searched.
Mother (MGM) rang.
The mother (F1) rang.
In her talk with the mother, May 2010, HV1 said so.
At Shannon, the mother, a smoker, was seen.
The mother, Victoria Hospital and the surgery met.
The father, Stanley Road resident, rang.
Baby Peter and Child Adam were discussed.
Mother - DNA.
Mother: Polish. Father: Irish.
Mother (Rose Ward) was discharged.
The mother (aged 19) rang.
Carol Court, the mother said, was cold.
""".splitlines()


@each_case("text", NAMED)
def test_a_real_name_without_a_title_is_noticed(text):
    """Failure mode 89: a child's family is named in a report that goes to the panel."""
    assert list(find_identifying_details(text, ("Child K", "Mother A"))) == [PERSON_NAME]


@each_case("text", HONEST)
def test_honest_capitals_are_nobodys_name(text):
    assert PERSON_NAME not in find_identifying_details(text, ("Child K", "Mother", "Sibling 1"))


def test_a_pseudonym_and_a_public_name_may_stand():
    public = ("Victoria Climbie", "Lord Laming", "Peter Connelly")
    text = "Peter Connelly was known; her aunt Marie Therese was not asked."
    assert PERSON_NAME not in find_identifying_details("Peter Connelly was known.", public)
    assert PERSON_NAME in find_identifying_details(text, public)


@pytest.mark.parametrize(
    "text",
    [
        "Child T (Tyler) weighed seven pounds.",
        "Child T, Tyler, was seen asleep.",
        "Child T (known to us as Tyler) moved school.",
        "Sibling 1 (Jayden) was at school.",
        "Tyler was seen asleep.",
        "Nobody asked for Tyler\u2019s red book.",
        "She told the receptionist that Darren had hit her.",
        "Little Ruby cried.",
        "Kelly-Anne said so.",
    ],
)
def test_a_first_name_alone_is_somebody_s(text: str) -> None:
    assert names_somebody(text, {"child", "t", "sibling"})


@pytest.mark.parametrize(
    "text",
    [
        "Research (Brandon and colleagues, 2008) shows it; so does Brandon et al.",
        "She was moved to Alexandra ward, and later to the Victoria.",
        "They live in Chelsea, and shop at Kelly & Sons.",
        "The Carol service at St Helen was in December.",
        "The Laura Project and Ashley Children's Centre were told in April.",
        "Baby Peter and Child Adam were discussed.",
    ],
)
def test_a_first_name_of_a_place_or_of_research_is_nobody_s(text: str) -> None:
    assert not names_somebody(text, set())
