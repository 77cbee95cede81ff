using System.Globalization;
using System.Text;
using Tracers.Engine.Events;
using Xunit;

namespace Tracers.Tests.Engine.Events;

public sealed class TextColumnsTests
{
    [Theory]
    [InlineData("request", 7)]
    [InlineData("", 0)]
    [InlineData("Größe", 5)]
    [InlineData("請求", 4)]
    [InlineData("ｆｕｌｌ", 8)]
    [InlineData("e\u0301", 1)]
    [InlineData("🚀", 2)]
    [InlineData("한글", 4)]
    public void Wide_characters_take_two_columns_and_marks_none(string text, int columns) => Assert.Equal(columns, TextColumns.Of(text));

    [Theory]
    [InlineData("request", 7, "request")]
    [InlineData("request", 6, "reque…")]
    [InlineData("request", 1, "…")]
    [InlineData("request", 0, "")]
    [InlineData("請求書", 6, "請求書")]
    [InlineData("請求書", 5, "請求…")]
    [InlineData("請求書", 4, "請…")]
    [InlineData("a\u001b[31mb", 20, "a\uFFFD[31mb")]
    [InlineData("one\ntwo\r\n", 20, "one\uFFFDtwo\uFFFD\uFFFD")]
    [InlineData("user\u202Egpj.exe", 20, "user\uFFFDgpj.exe")]
    [InlineData("a\u2066b\u2069\u200F\u061C\u2028", 20, "a\uFFFDb\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("\u009B31m\u0000\u007F", 20, "\uFFFD31m\uFFFD\uFFFD")]
    [InlineData("\u0301\u0301a", 20, "a")]
    public void Text_is_cut_to_its_columns_and_does_nothing(string text, int columns, string expected) => Assert.Equal(expected, TextColumns.Fit(text, columns));

    [Fact]
    public void A_letter_does_not_grow_into_the_lines_around_it() => Assert.Equal("a\u0301\u0301b", TextColumns.Fit("a" + new string('\u0301', 1000) + "b", 10));

    [Fact]
    public void Any_text_fits_and_has_no_character_that_a_terminal_obeys()
    {
        Random random = new(11);
        for (int i = 0; i < 5000; i++)
        {
            StringBuilder text = new();
            for (int n = random.Next(60); n > 0; n--)
                text.Append(random.Next(3) == 0 ? (char)random.Next(0, 0x300) : (char)random.Next(0x10000));
            int columns = random.Next(40);
            string fitting = TextColumns.Fit(text.ToString(), columns);
            Assert.True(TextColumns.Of(fitting) <= columns);
            Assert.DoesNotContain(fitting, c => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        }
    }

    [Fact]
    public void Sixty_four_kilobytes_are_looked_at_no_further_than_they_fit() =>
        Assert.Equal(new string('x', 19) + "…", TextColumns.Fit(new string('x', 65_536), 20));
}
