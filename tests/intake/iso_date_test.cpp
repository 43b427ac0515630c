#include "intake/iso_date.h"

#include <gtest/gtest.h>

#include <vector>

namespace onrecord {
namespace {

TEST(IsoDate, WritesWhatPeopleAndProgramsWrite) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"2025", "2025"},
      {"2025-08", "2025-08"},
      {"2025-08-11", "2025-08-11"},
      {" 2025-8-1 ", "2025-08-01"},
      {"2025/08/11", "2025-08-11"},
      {"20250811", "2025-08-11"},
      {"2025-08-11T09:00", "2025-08-11T09:00"},
      {"2025-08-11T09:00:30Z", "2025-08-11T09:00:30Z"},
      {"2025-08-11t09:00:30.123456-0400", "2025-08-11T09:00:30-04:00"},
      {"2025-08-11 09:00:30+02", "2025-08-11T09:00:30+02:00"},
      {"2025-08-11 09:00:30 +0000", "2025-08-11T09:00:30Z"},
      {"2025-08-11 09:00:30 UTC", "2025-08-11T09:00:30Z"},
      {"August 11, 2025", "2025-08-11"},
      {"Aug. 11 2025", "2025-08-11"},
      {"Sept. 3, 2025", "2025-09-03"},
      {"11 August 2025", "2025-08-11"},
      {"11th Aug 2025", "2025-08-11"},
      {"11-Aug-2025", "2025-08-11"},
      {"August 2025", "2025-08"},
      {"Monday, August 11, 2025, 9:05 p.m. EDT", "2025-08-11T21:05-04:00"},
      {"Aug 11, 2025 at 12:30 AM ET", "2025-08-11T00:30"},
      {"August 11, 2025 – 12:30 pm", "2025-08-11T12:30"},
      {"Mon, 11 Aug 2025 09:00:00 GMT", "2025-08-11T09:00:00Z"},
      {"Mon, 11 Aug 2025 09:00:00 -0400 (EDT)", "2025-08-11T09:00:00-04:00"},
      {"11/25/2025", "2025-11-25"},
      {"25/11/2025", "2025-11-25"},
      {"25.11.2025", "2025-11-25"},
      {"7/7/2025", "2025-07-07"},
      {"2024-02-29", "2024-02-29"},
  };
  for (const auto& [written, iso] : cases) EXPECT_EQ(iso_date(written), iso) << written;
}

TEST(IsoDate, RefusesWhatIsNoDateOrCouldBeTwo) {
  for (const std::string_view written : {"",
                                         "yesterday",
                                         "Monday",
                                         "May",
                                         "03/04/2025",
                                         "03.04.2025",
                                         "2025-13-01",
                                         "2025-02-29",
                                         "2023-02-30",
                                         "32 August 2025",
                                         "1066-10-14",
                                         "3025-01-01",
                                         "1754908800",
                                         "2025-08-11 banana",
                                         "2025-08-11T25:00",
                                         "2025-08-11T09:61",
                                         "2025-08-11T",
                                         "2025-",
                                         "2025-08-",
                                         "August 2025 09:00",
                                         "11 Aug 2025 13:00 pm",
                                         "2025-08-11T09:00 XYZ",
                                         "2025-08-11T09:00+99:00",
                                         "202508",
                                         "Augustus 11, 2025",
                                         "11 11 2025"}) {
    EXPECT_EQ(iso_date(written), std::nullopt) << written;
  }
}

TEST(IsoDate, WritesItsOwnAnswersTheSame) {
  for (const std::string_view written : {"2025-08-11T21:05-04:00", "2025-08-11T09:00:00Z", "2025-08"}) {
    EXPECT_EQ(iso_date(written), written);
  }
}

}  // namespace
}  // namespace onrecord
