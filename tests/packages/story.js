/** The article that every app shows: a headline, and nine paragraphs with room to choose. */

export const HEADLINE = 'Norrvik Library Will Move Into the Old Customs House';

export const PARAGRAPHS = [
  'The library of Norrvik will move into the old customs house by the harbor next spring, the town council decided on Tuesday. The vote was 14 to 5.',
  'The present building on Mill Street has been too small since 1991, said the librarian, Asta Lindmark. About 40,000 books are kept in a cellar that was flooded twice last winter.',
  'The customs house has stood empty for eleven years. Its three floors offer twice the space, but the roof and the windows have to be replaced before anything on paper can be stored there.',
  'The council expects the work to cost 6.2 million crowns. The county will pay a third of that, and a foundation in Halden has promised 800,000 crowns for a reading room for children.',
  'Members of the opposition called the plan a luxury. “We close a school bus line in June and buy shelves in July,” said Per Oddsson, who voted against it.',
  'Shopkeepers on Mill Street fear that fewer people will come by. The library has some 300 visitors a day, more than any other place in town but the ferry quay.',
  'Lindmark wants to open on Sundays as well, which the present building does not allow because the heating is shared with the school next door. She has asked for two more posts.',
  'The old building will go to the music school, which now teaches in four rented rooms. Its forty pupils have played a concert in front of the town hall every month to draw attention to that.',
  'Work on the roof begins in October. Until the move the library stays open, and whoever borrows more than ten books in the last week may keep them until the new doors open.',
];
