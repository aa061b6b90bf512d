using System.Globalization;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Calendars;

/// <summary>Reads the <c>calendar</c> of <c>story.yaml</c>; its keys are described in <c>docs/calendar.md</c>. It never throws.</summary>
internal sealed class CalendarReader
{
    private const int MostParts = 400;
    private const int MostDays = 10_000;

    private readonly List<CalendarFault> _faults = [];
    private readonly List<YearPart> _parts = [];
    private readonly List<LeapRule> _leaps = [];
    private readonly YamlMapping _written;

    private CalendarReader(YamlMapping written) => _written = written;

    public static StoryCalendar Western(string name, LeapRule leap, int firstWeekday)
    {
        (string Name, int Days)[] months =
        [
            ("January", 31), ("February", 28), ("March", 31), ("April", 30), ("May", 31), ("June", 30),
            ("July", 31), ("August", 31), ("September", 30), ("October", 31), ("November", 30), ("December", 31),
        ];
        return new(name, [.. months.Select((month, i) => new YearPart(month.Name, month.Name[..3], month.Days, i + 1))], [leap])
        {
            Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
            FirstWeekday = firstWeekday,
            Eras =
            [
                new("BC", "BC", 1, true), new("BCE", "BCE", 1, true), new("AD", "AD", 1, false), new("CE", "CE", 1, false),
            ],
        };
    }

    public static StoryCalendar Read(YamlNode? written) => written.Resolve() switch
    {
        null or YamlScalar { IsNull: true } => StoryCalendar.Gregorian,
        YamlScalar scalar => scalar.Value.Trim().ToLowerInvariant() switch
        {
            "gregorian" or "" => StoryCalendar.Gregorian,
            "julian" => StoryCalendar.Julian,
            _ => Unknown(scalar, $"`{scalar.Value}` is no calendar that is known. Write `gregorian`, `julian`, or the `months` of your own."),
        },
        YamlMapping mapping => new CalendarReader(mapping).Build(),
        { } other => Unknown(other, "A calendar is `gregorian`, `julian`, or a list of `key: value` lines that begins with `months`."),
    };

    private static StoryCalendar Unknown(YamlNode node, string reason) => new("unknown", StoryCalendar.Gregorian.Parts, [])
    {
        Faults = [new(node, reason)],
        IsKnown = false,
    };

    private StoryCalendar Build()
    {
        if (Value(_written, "months", "month") is not { } months)
        {
            return Value(_written, "type", "kind", "base") is { } kind ? Read(kind) : Unknown(_written, "A calendar of your own wants its `months`, each with a name and its `days`.");
        }

        ReadMonths(months);
        ReadIntercalary(Value(_written, "intercalary", "intercalary_days", "intercalaries", "festivals"));
        foreach (var leap in Value(_written, "leap", "leap_rule", "leap_rules", "leap_years", "leap_year").AsList())
        {
            ReadLeap(leap);
        }

        if (_parts.Count(part => part.Month > 0) == 0 || _parts.Count > MostParts || _parts.Sum(part => (long)part.Days) is 0 or > 100_000)
        {
            _faults.Add(new(months, "No `months` could be read. Write them as a list of `{name: …, days: …}`."));
        }

        var isKnown = _faults.Count == 0;
        var weekdays = Weekdays();
        var hours = Number(Value(_written, "hours_per_day", "hours", "day_hours")) ?? 24;
        if (hours is < 1 or > 1000)
        {
            _faults.Add(new(_written, "A day has between 1 and 1000 hours."));
            hours = 24;
            isKnown = false;
        }

        return new(Value(_written, "name", "title").AsText() ?? "custom", isKnown ? _parts : StoryCalendar.Gregorian.Parts, isKnown ? _leaps : [])
        {
            Weekdays = weekdays,
            FirstWeekday = FirstWeekday(weekdays),
            MinutesPerDay = (int)hours * 60,
            Eras = Eras(),
            Faults = _faults,
            IsKnown = isKnown,
        };
    }

    private void ReadMonths(YamlNode months)
    {
        var days = Number(Value(_written, "days_per_month", "month_days", "month_length"));
        if (months.Resolve() is YamlMapping mapping)
        {
            foreach (var entry in mapping.Entries)
            {
                AddMonth(entry.Key, entry.Key.AsText(), null, entry.Value.Resolve() is YamlMapping ? Days(entry.Value) : Number(entry.Value), entry.Value);
            }

            return;
        }

        if (Number(months) is > 0 and <= MostParts and var count)
        {
            for (var month = 1; month <= count; month++)
            {
                AddMonth(months, "Month " + month.ToString(CultureInfo.InvariantCulture), null, days, null);
            }

            return;
        }

        foreach (var item in months.AsList())
        {
            if (Pair(item) is { } pair)
            {
                AddMonth(item, pair.Key.AsText(), null, Number(pair.Value), null);
            }
            else
            {
                AddMonth(item, item.AsText() ?? Value(item, "name", "title").AsText(), Short(item), Days(item) ?? days, item);
            }
        }
    }

    private void AddMonth(YamlNode node, string? name, string? shortName, long? days, YamlNode? written)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name) || days is not (>= 0 and <= MostDays))
        {
            _faults.Add(new(node, string.IsNullOrEmpty(name) ? "This month has no `name`." : $"How many `days` has {name}?"));
            return;
        }

        var isOutside = Value(written, "intercalary").AsBoolean() == true;
        _parts.Add(new(name, shortName, (int)days, isOutside ? 0 : _parts.Count(part => part.Month > 0) + 1, !isOutside));
    }

    private void ReadIntercalary(YamlNode? written)
    {
        var entries = written.Resolve() is YamlMapping mapping && Value(mapping, "name") is null
            ? mapping.Entries.Select(entry => (Node: entry.Value, Name: entry.Key.AsText())).ToList()
            : [.. written.AsList().Select(item => Pair(item) is { } pair ? (pair.Value, pair.Key.AsText()) : (item, Value(item, "name", "title").AsText() ?? item.AsText()))];
        foreach (var (node, name) in entries)
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                _faults.Add(new(node, "These intercalary days have no `name`."));
                continue;
            }

            var isMapping = node.Resolve() is YamlMapping;
            var isLeap = Value(node, "leap", "leap_only").AsBoolean() == true;
            var days = Days(node) ?? 1;
            var place = Place(node, isMapping, name);
            if (place is not { } at || days is < 1 or > MostDays)
            {
                _faults.Add(new(node, $"`{name}` stands `after` a month of this calendar, for a number of `days`."));
                continue;
            }

            _parts.Insert(at, new(name.Trim(), Short(node), isLeap ? 0 : (int)days, 0, Value(node, "in_week", "week", "weekday").AsBoolean() == true));
        }
    }

    // Behind the part that `after` names, and behind what already stands there; without any, at the end of the year.
    private int? Place(YamlNode node, bool isMapping, string own)
    {
        var before = isMapping ? Value(node, "before") : null;
        var after = isMapping ? Value(node, "after", "month", "follows") : node.AsText() == own ? null : node;
        if ((before ?? after) is not { } named)
        {
            return _parts.Count;
        }

        if (before is null && named.AsText()?.Trim() == "0")
        {
            return 0;
        }

        if (PartOf(named) is not { } part)
        {
            return null;
        }

        var at = before is null ? part + 1 : part;
        while (before is null && at < _parts.Count && _parts[at].Month == 0)
        {
            at++;
        }

        return at;
    }

    private void ReadLeap(YamlNode node)
    {
        var every = node.Resolve() is YamlScalar ? Number(node) : Number(Value(node, "every", "each", "interval"));
        if (node.Resolve() is YamlScalar { IsNull: true } || node.AsBoolean() == false)
        {
            return;
        }

        var except = Number(Value(node, "except", "but_not", "not"));
        var unless = Number(Value(node, "unless", "but", "again"));
        var days = Number(Value(node, "days", "add", "day")) ?? 1;
        var named = Value(node, "month", "in", "to", "after");
        var festival = _parts.FindIndex(part => part.Days == 0 && part.Month == 0);
        var part = named is not null ? PartOf(named) : festival >= 0 ? festival : _parts.FindLastIndex(last => last.Month > 0);
        if (every is not (>= 1 and <= 100_000) || except is < 1 or > 100_000 || unless is < 1 or > 100_000 || days is < 1 or > MostDays || part is not (>= 0 and var at))
        {
            _faults.Add(new(node, "A leap rule says `every` how many years a `month` of this calendar has more `days`."));
            return;
        }

        _leaps.Add(new(every.Value, except ?? 0, unless ?? 0, Number(Value(node, "offset", "start", "first")) ?? 0, at, (int)days));
    }

    private List<string> Weekdays()
    {
        var written = Value(_written, "weekdays", "week", "days_of_week", "week_days");
        return [.. (Number(written) is null ? written.AsList() : []).Select(item => item.AsText() ?? Value(item, "name").AsText() ?? "").Where(name => name.Length > 0)];
    }

    private int FirstWeekday(List<string> weekdays)
    {
        var first = Value(_written, "first_weekday", "first_day", "epoch_weekday", "starts_on").AsText();
        return Math.Max(0, weekdays.FindIndex(name => name.Equals(first, StringComparison.OrdinalIgnoreCase)));
    }

    private List<Era> Eras()
    {
        var eras = new List<Era>();
        foreach (var item in Value(_written, "eras", "era").AsList())
        {
            var pair = Pair(item);
            var name = pair?.Key.AsText() ?? item.AsText() ?? Value(item, "name", "title").AsText() ?? Short(item);
            var isBackwards = Value(item, "backwards", "backward", "reverse", "counts_down").AsBoolean() == true;
            if (string.IsNullOrWhiteSpace(name))
            {
                _faults.Add(new(item, "This era has no `name`."));
                continue;
            }

            var start = pair is null ? Number(Value(item, "start", "starts", "from", "begins", "year", "start_year")) : Number(pair.Value);
            eras.Add(new(name.Trim(), Short(item), Math.Clamp(start ?? 1, -1_000_000_000, 1_000_000_000), isBackwards));
        }

        return eras;
    }

    private int? PartOf(YamlNode named)
    {
        var text = named.AsText()?.Trim();
        var byName = _parts.FindIndex(part => part.Name.Equals(text, StringComparison.OrdinalIgnoreCase) || string.Equals(part.Short, text, StringComparison.OrdinalIgnoreCase));
        var number = Number(named);
        var found = byName >= 0 ? byName : number is null ? -1 : _parts.FindIndex(part => part.Month == number && part.Month > 0);
        return found < 0 ? null : found;
    }

    private static string? Short(YamlNode? item) => Value(item, "abbreviation", "short", "abbr", "suffix") is { } written ? written.AsText()?.Trim() : null;

    private static long? Days(YamlNode? item) => Number(Value(item, "days", "length"));

    // `- Frostmoon: 30` is a mapping of one.
    private static YamlEntry? Pair(YamlNode? item) =>
        item.Resolve() is YamlMapping { Entries: [var only] } && only.Key.AsText() is { } key && !key.Equals("name", StringComparison.OrdinalIgnoreCase) ? only : null;

    private static YamlNode? Value(YamlNode? node, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (node.Get(key) is { } value and not YamlScalar { IsNull: true })
            {
                return value;
            }
        }

        return null;
    }

    private static long? Number(YamlNode? node) =>
        long.TryParse(node.AsText()?.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
