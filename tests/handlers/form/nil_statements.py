"""What people write when nobody of a family is known to them, and when they only seem to.

Does: lists statements of either sort, for the tests to put into letters.
Trusts: nothing.
Never touches: anything; these are words.
Known limits: English, as agencies of a review write it.
"""

from __future__ import annotations

# Nobody is known, and nothing takes it back: never sent back, and accepted.
GOOD = (
    "No member of the family is or has been known to this agency.",
    "No members of the family are or have been known to the agency.",
    "None of the family has ever been known to us.",
    "The child and family are not known to this agency.",
    "We have had no involvement with the family.",
    "We hold no records of any of those named.",
    "The family is unknown to Meadow Lane Surgery.",
    "There is no trace of the family on our systems.",
    "Neither the child nor any member of the family has ever been registered at this practice.",
    "We have no information relating to this family.",
    "I confirm a nil return on behalf of Meadow Lane Surgery: our records have been checked and "
    "there are no entries for the family.",
    "Having checked our clinical system, none of the persons named in your letter are or have ever "
    "been registered with Meadow Lane Surgery, and we therefore have no information to contribute "
    "to the review.",
    "We have checked all our systems at Meadow Lane Surgery and the family have never "
    "been known to us.",
    "I can confirm that we have searched our electronic and paper records and that no "
    "member of the "
    "family is or has been known to this practice.",
    "This family has never been registered with us.",
    "There is no record of any member of the family at this surgery.",
    "We have had no contact with any member of the family.",
    "The family is not known to this service.",
    "No information is held on any member of the family.",
    "No entries were found for any of the individuals listed in your letter.",
    "The practice has had no involvement with this child or the family.",
    "None of the individuals you named are known to us.",
    "Our searches found no trace of anyone named in your letter.",
    "We can find no record of this family.",
    "We could not find any record of the family on our system.",
    "Nobody in the family has ever been a patient here.",
    "No one in the household has ever been a patient of this practice.",
    "A thorough search of our paper and electronic records has revealed no trace of the family.",
    "Neither the child, the parents nor any other member of the family is known to us.",
    "We have searched our records but found no trace of the family.",
    "Our records show no contact with any member of the family at any time.",
    "The family have not been known to us at any time.",
    "No family member is, or ever has been, registered with this practice.",
    "We have never had any dealings with the family.",
    "We do not hold any information about the child or the family.",
    "We don't hold any records for this family.",
    "The persons listed in your letter are not, and have never been, known to our organisation.",
    "We have no knowledge of this family.",
    "The family does not appear in our records.",
    "I write to confirm that the family is not known to the surgery.",
    "I am writing in response to your letter of 3 March 2010 to confirm that no member of "
    "the family "
    "has ever been known to this agency.",
    "All our records, paper and electronic, were searched and no member of the family was found.",
    "Following a search of our records I can confirm that we have had no contact with the family.",
    "We have no record of any contact with, or referral for, any member of this family.",
    "No referrals have been received and no records are held for any member of the family.",
    "The child, the parents and the family as a whole are not known to us.",
    "None of the names given is on our system or in our archived files.",
    "Our current and archived records have been checked and none of the family is known.",
    "The family is not known to us now, nor have they ever been.",
    "No member of the family is currently or previously known to the practice.",
    "The family isn't known to us and never has been.",
    "We've checked our systems and we have no record of anyone in the family.",
    "We wish to make a nil return as we hold no information on the family.",
    "No trace of the family can be found in our files.",
    "There are no records held by this agency in respect of any of the persons named.",
    "The agency has no record of involvement with the child or any member of the family.",
    "Neither the child nor the parents are known to us.",
    "The search produced no results for any member of the family.",
    "Please accept this letter as confirmation that the family has never been known to "
    "the surgery.",
    "We have never been involved with this family.",
    "Members of this family are not known and have never been known to this service.",
    "I have searched our database and can find no mention of any family member.",
    "No member of the household has ever come to the attention of this agency.",
    "No member of the family has ever been seen, treated or referred here.",
    "The family named have had no involvement whatsoever with the practice.",
    "No record exists of the family in any of our systems.",
    "We hold nothing: no member of this family has been known to us.",
)

# Sentences that stand beside a good statement and take nothing back.
BESIDES = (
    "Thank you for your letter of 3 March.",
    "Thank you for your letter dated 3 March 2010 about Serious Case Review N12.",
    "If you require any further information, please do not hesitate to contact me.",
    "Should you have any queries, please contact me on 01632 960144.",
    "Please let me know if you need anything else.",
    "I hope this is helpful.",
    "We searched the clinical system and the paper archive on 30 March 2010.",
    "You asked whether any member of the family is known to us.",
    "We have now completed the search of our records.",
    "This e-mail and any attachments are confidential and intended solely for the addressee.",
)

# Each says that somebody is not known, and does not say it of all, for good: with what makes it so.
FAULTY = (
    # An exception, or contact that is told beside it
    ("The family is not known to us, but Mother was a patient here from 2004 to 2006.", "involved"),
    (
        "The children are not known to us, but Mother was registered here and was seen twice.",
        "involved",
    ),
    ("No member of the family is known to us other than the grandmother.", "exception"),
    ("No member of the family is known to us, except that the father attended once.", "exception"),
    ("Apart from one telephone call, we have had no contact with the family.", "exception"),
    ("With the exception of the mother, none of the family is known to us.", "exception"),
    ("We have had no involvement with the family save for a single assessment.", "exception"),
    (
        "None of the family is known to us; however, the father was treated here in 2007.",
        "involved",
    ),
    ("The family is not known to us although a referral was received in 2008.", "involved"),
    (
        "The family is not known to this service. Mother attended one appointment in 2005.",
        "involved",
    ),
    ("We have no record of the family. The health visitor saw the child regularly.", "involved"),
    ("The family is not known to us. The older sister was a pupil here.", "involved"),
    ("We have had no involvement beyond the initial referral.", "exception"),
    ("We have had only limited contact with the family and no involvement since.", "exception"),
    ("No records are held for the child, only for the mother.", "exception"),
    ("The family was registered here but we have no records.", "involved"),
    ("We have seen the family but hold no records of it.", "involved"),
    ("The family is known to us and we have no concerns.", "involved"),
    ("The family was a tenant of ours and no records are held.", "involved"),
    ("No member of the family is known to us. There is one entry about the father.", "involved"),
    ("We hold no record of the visit on 3 May 2008 which the hospital mentions.", ""),
    (
        "We hold no record of the visit on 3 May 2008 which the hospital mentions; our other "
        "eleven "
        "entries are in the chronology.",
        "",
    ),
    ("Nothing is held about the family except a letter from school.", "exception"),
    ("We have had no contact with the family, not counting a call to our duty desk.", "exception"),
    ("The family is not known to us. PS: we did treat the father for a broken arm.", "involved"),
    ("Barring one visit to our walk-in clinic, the family is unknown here.", "exception"),
    ("None of the family has been seen here more than once.", "exception"),
    ("The family is not known to us, though we hold a file for the grandmother.", ""),
    ("We have no record of the family, and the mother has been a client since 2009.", "involved"),
    ("The child is not known, and the parents were known to our team.", "involved"),
    # A doubt or a condition
    ("As far as we know, no member of the family is known to us.", "doubt"),
    ("To the best of our knowledge the family is not known to this agency.", "doubt"),
    ("So far as I am aware the family has never been known to us.", "doubt"),
    ("I believe that the family is not known to us.", "doubt"),
    ("We think that no member of the family has been registered here.", "doubt"),
    ("The family is probably not known to us.", "doubt"),
    ("The family does not appear to be known to this service.", "doubt"),
    ("It seems that the family is not known to us.", "doubt"),
    ("We cannot confirm that the family is not known to us.", "doubt"),
    ("It is not possible to say that no member of the family is known.", "doubt"),
    ("We are not aware of any involvement with the family.", "doubt"),
    ("We do not know whether the family is known to us.", ""),
    ("If the names are right, no member of the family is known to us.", "doubt"),
    ("Unless they used another name, the family is not known to us.", ""),
    ("Provided that the dates of birth are correct, the family is not known to us.", "doubt"),
    ("The family may not be known to us.", "doubt"),
    ("The family is not known to us, but some of our records were destroyed by a flood.", "doubt"),
    ("We have no record of the family, although a patient of the same name was seen.", ""),
    ("There is a family of a similar name, and no other record.", "doubt"),
    ("It would be wrong to say that no member of the family is known to us.", "doubt"),
    ("It is not true that the family is not known to us.", "doubt"),
    ("Is no member of the family known to us?", "doubt"),
    ("The family is not unknown to us.", "doubt"),
    ("We expect that no member of the family is known.", ""),
    # A search that is not finished
    (
        "We have not yet checked our records. Until we have, the family is not known to be on "
        "our list.",
        "unfinished",
    ),
    (
        "We are still searching our records and will confirm shortly whether the family is "
        "known to us.",
        "unfinished",
    ),
    ("The family is not known to us so far.", "unfinished"),
    (
        "No record of the family has been found to date; the archive is being searched.",
        "unfinished",
    ),
    (
        "We found no electronic record of the family and are awaiting the paper archive.",
        "unfinished",
    ),
    ("An initial search found no record of the family.", "unfinished"),
    (
        "The family is not known to us at present, and we will confirm when the archive has "
        "been checked.",
        "unfinished",
    ),
    (
        "We have been unable to access our old system, and the family is not known on the new one.",
        "unfinished",
    ),
    ("No member of the family is known; the microfiche has not been searched.", "unfinished"),
    ("We have no record of the family, pending a reply from our branch surgery.", "unfinished"),
    ("The family is not known to us. A search of our closed files is in progress.", "unfinished"),
    ("Not all records have been checked, and none of the family is known.", ""),
    (
        "We have asked our records department to look, and nothing is known of the family.",
        "unfinished",
    ),
    # A time, a place or a kind of involvement only
    ("The family has not been known to us since June 2009.", "limited"),
    (
        "There was no contact with the family after June 2009; before that date the health "
        "visitor saw the child regularly.",
        "limited",
    ),
    ("There was no involvement with the family before June 2008.", "limited"),
    ("No member of the family is currently known to us.", "limited"),
    ("The family is no longer registered with this practice.", "limited"),
    ("The family was not known to us during the period of the review.", "limited"),
    ("We have had no contact with the family between January 2007 and February 2010.", "limited"),
    ("We have had no significant involvement with the family.", "limited"),
    ("We have had no recent contact with the family.", "limited"),
    ("The family is not an open case to this service.", "limited"),
    ("No safeguarding concerns were ever known to us about the family.", "limited"),
    ("No member of the family has been registered here in the last five years.", "limited"),
    ("The family is not now known to us.", "limited"),
    ("The family is not well known to us.", "limited"),
    ("I do not know the family.", "limited"),
    ("The family is not known to our Northfield branch.", ""),
    ("No member of the family is known to our adult services.", ""),
    ("There is no record of domestic abuse in the family.", ""),
    ("The family was not known to us under that surname.", ""),
    ("We have had little contact and no involvement with the family.", "limited"),
    # One of them only
    ("The child is not known to us.", "some"),
    ("Child N is not known to this practice.", "some"),
    ("Mother is not known to the agency.", "some"),
    ("The parents have never been registered here.", "some"),
    ("He has never been a patient of this surgery.", "some"),
    ("The children are not known to us.", "some"),
    ("Not all members of the family are known to us.", "some"),
    ("Most of the family is not known to us.", "some"),
    ("Some members of the family are not known to us.", "some"),
    ("No other member of the family is known to us.", "some"),
    ("The father's family is not known to us.", "some"),
    ("Neither the mother nor the father is known to this service.", "some"),
    ("None of the children in the family is known to us.", "some"),
    ("Neither of the adults in the family is known to us.", "some"),
    # Not a statement at all, though it has the words
    ("The family is well known to the agency.", "involved"),
    ("All members of the family are registered here.", "involved"),
    ("We hold records of the family.", "involved"),
    ("We have no objection to the review, and the family was supported by us.", ""),
    ("There is no doubt that the family is known to us.", ""),
    ("Nobody here remembers the family, who were registered until 2006.", ""),
)
