using System.Globalization;

namespace Tracers.Engine.Pictures;

/// <summary>Times of day beside the rows of a picture, with as many digits as they need to differ; with the day where a row is one or more.</summary>
/// <param name="interval">Nanoseconds from row to row.</param>
/// <param name="zone">Of the times.</param>
internal sealed class RowTimes(long interval, TimeZoneInfo zone)
{
    private const int TicksDigits = 7;
    private const long Day = 86_400_000_000_000;

    private readonly int _digits = DigitsOf(interval);
    private readonly bool _hasDay = interval >= Day;

    /// <summary>How many characters a time has.</summary>
    public int Length { get; } = (interval >= Day ? "yyyy-MM-dd ".Length : 0) + (DigitsOf(interval) is 0 ? 8 : 9 + DigitsOf(interval));

    /// <summary>A moment, ns since the epoch, as a time of day.</summary>
    public string Of(long moment)
    {
        DateTime time = At(moment);
        string day = _hasDay ? DayOf(moment) + ' ' : "";
        string text = day + time.ToString(_digits == 0 ? "HH:mm:ss" : "HH:mm:ss." + new string('f', Math.Min(_digits, TicksDigits)), CultureInfo.InvariantCulture);
        return _digits <= TicksDigits ? text : text + (((moment % 100) + 100) % 100).ToString("00", CultureInfo.InvariantCulture);
    }

    /// <summary>The day of a moment.</summary>
    public string DayOf(long moment) => At(moment).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The days from the first moment to the last; one where both are of the same.</summary>
    public string DaysOf(long first, long last) => DayOf(first) == DayOf(last) ? DayOf(first) : $"{DayOf(first)} to {DayOf(last)}";

    private DateTime At(long moment)
    {
        long ticks = Math.DivRem(moment, 100, out long rest) - (rest < 0 ? 1 : 0);
        return TimeZoneInfo.ConvertTimeFromUtc(DateTime.UnixEpoch.AddTicks(ticks), zone);
    }

    private static int DigitsOf(long interval) => interval % 1_000_000_000 == 0 ? 0 : interval % 1_000_000 == 0 ? 3 : interval % 1_000 == 0 ? 6 : 9;
}
