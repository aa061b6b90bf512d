using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Tests.Time;

public class StoryCalendarTests
{
    internal const string Harptos = """
        months: [Hammer, Alturiak, Ches, Tarsakh, Mirtul, Kythorn, Flamerule, Eleasis, Eleint, Marpenoth, Uktar, Nightal]
        days_per_month: 30
        weekdays: [one, two, three, four, five, six, seven, eight, nine, ten]
        intercalary:
          - {name: Midwinter, after: Hammer}
          - {name: Greengrass, after: Tarsakh}
          - {name: Midsummer, after: Flamerule}
          - {name: Shieldmeet, after: Flamerule, leap: true}
          - {name: Highharvestide, after: Eleint}
          - {name: Feast of the Moon, after: Uktar}
        leap: {every: 4}
        eras: [{name: Dalereckoning, abbreviation: DR, start: 1}]
        """;

    internal static StoryCalendar Read(string yaml) => StoryCalendar.Of(YamlParser.Parse(SourceText.From(yaml)).Documents[0].Root);

    [Test]
    public void Gregorian_days_are_those_of_the_platform()
    {
        for (var day = new DateOnly(1, 1, 1); day.DayNumber < DateOnly.MaxValue.DayNumber - 13; day = day.AddDays(13))
        {
            var tick = StoryCalendar.Gregorian.StartOf(new(day.Year, day.Month - 1, day.Day))!.Value;
            Assert.That(tick, Is.EqualTo(day.DayNumber * 1440L));
            Assert.That(StoryCalendar.Gregorian.DateOf(tick + 1439), Is.EqualTo(new StoryDate(day.Year, day.Month - 1, day.Day)));
            Assert.That(StoryCalendar.Gregorian.Weekdays[StoryCalendar.Gregorian.WeekdayOf(tick)!.Value], Is.EqualTo(day.DayOfWeek.ToString()));
        }
    }

    [Test]
    public void Every_day_of_every_calendar_is_found_again()
    {
        StoryCalendar[] calendars = [StoryCalendar.Gregorian, StoryCalendar.Julian, Read(Harptos), Read("{months: {Long: 100, Short: 3}, hours_per_day: 10, leap: {every: 7, except: 3, unless: 5, month: Short, days: 2}}")];
        foreach (var calendar in calendars)
        {
            Check.One(Config.QuickThrowOnFailure, Prop.ForAll(ArbMap.Default.ArbFor<long>(), day =>
            {
                var tick = day % 300_000_000 * calendar.MinutesPerDay;
                return calendar.StartOf(calendar.DateOf(tick)) == tick && calendar.StartOfDay(tick + calendar.MinutesPerDay - 1) == tick;
            }));
            Check.One(Config.QuickThrowOnFailure, Prop.ForAll(ArbMap.Default.ArbFor<int>(), year =>
            {
                var length = (calendar.StartOfYear(year + 1L) - calendar.StartOfYear(year)) / calendar.MinutesPerDay;
                return length == Enumerable.Range(0, calendar.Parts.Count).Sum(part => calendar.DaysIn(year, part)) && length >= calendar.ShortestYear && length <= calendar.LongestYear;
            }));
        }
    }

    [Test]
    public void Days_outside_the_week_have_no_weekday_and_do_not_move_it()
    {
        var harptos = Read(Harptos);
        Assert.That(harptos.Faults, Is.Empty);
        Assert.That(harptos.LongestYear, Is.EqualTo(366));
        for (var year = -20L; year < 1500; year += 7)
        {
            for (var part = 0; part < harptos.Parts.Count; part++)
            {
                var first = harptos.StartOfPartTick(year, part);
                var expected = harptos.Parts[part].Month > 0 ? 0 : (int?)null;
                if (harptos.DaysIn(year, part) > 0)
                {
                    Assert.That(harptos.WeekdayOf(first), Is.EqualTo(expected), $"{harptos.Parts[part].Name} {year}");
                }
            }
        }
    }

    [TestCase("1926-11-05", "1926-11-04", -1)]
    [TestCase("1904-02-29", "1926-02-28", 21)]
    [TestCase("1904-02-29", "1926-03-01", 22)]
    [TestCase("-0044-03-15", "0014-08-19", 58)]
    public void Age_is_counted_in_full_years(string born, string then, int age) =>
        Assert.That(StoryCalendar.Gregorian.YearsBetween(Tick(born), Tick(then)), Is.EqualTo(age));

    [TestCase("1926-11-05T21:30", "5 November 1926, 21:30", "1926-11-05T21:30")]
    [TestCase("0044-03-15T06:05", "15 March 44, 06:05", "0044-03-15T06:05")]
    [TestCase("-0043-03-15T06:05", "15 March 44 BC, 06:05", "-0043-03-15T06:05")]
    public void Times_are_written_for_a_reader_and_for_a_file(string written, string read, string file)
    {
        Assert.That(StoryCalendar.Gregorian.Format(Tick(written)), Is.EqualTo(read));
        Assert.That(StoryCalendar.Gregorian.Write(Tick(written)), Is.EqualTo(file));
    }

    [TestCase("months: [Hammer]", "How many `days` has Hammer?")]
    [TestCase("name: mine", "A calendar of your own wants its `months`, each with a name and its `days`.")]
    [TestCase("lunar", "`lunar` is no calendar that is known. Write `gregorian`, `julian`, or the `months` of your own.")]
    [TestCase("{months: {A: 30}, leap: {every: 0}}", "A leap rule says `every` how many years a `month` of this calendar has more `days`.")]
    [TestCase("{months: {A: 30}, intercalary: [{name: Feast, after: B}]}", "`Feast` stands `after` a month of this calendar, for a number of `days`.")]
    [TestCase("{months: {A: 30}, hours_per_day: 0}", "A day has between 1 and 1000 hours.")]
    public void A_calendar_that_cannot_be_understood_says_why_and_knows_no_dates(string yaml, string reason)
    {
        var calendar = Read(yaml);
        Assert.That(calendar.Faults.Select(fault => fault.Reason), Does.Contain(reason));
        Assert.That(calendar.IsKnown, Is.False);
        Assert.That(WrittenTime.Parse("1926-11-05", calendar), Is.EqualTo(WrittenTime.None));
    }

    [TestCase("[[[")]
    [TestCase("{months: [[a], {}, null, 3], leap: [a, [b], {}], eras: [{}, [x], 3], weekdays: {a: b}, intercalary: [[], {}, 4]}")]
    [TestCase("{months: {A: 99999999999999999999, B: -4}}")]
    [TestCase("months: 99999999")]
    public void Nothing_makes_it_throw(string yaml) => Assert.That(Read(yaml).Faults, Is.Not.Empty);

    private static long Tick(string written) => ((WrittenTime.Absolute)WrittenTime.Parse(written, StoryCalendar.Gregorian)).EarliestStart!.Value;
}
