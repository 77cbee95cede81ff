# What needs PowerShell's own modules: sorting, grouping, measuring, selecting and exporting what the commands write.
# The numbers are those that sysdig 0.29.3 gives for the same capture.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/../Tracers.psd1" -Force -ErrorAction Stop
    $demo = (Resolve-Path -LiteralPath "$PSScriptRoot/../src/Tracers.Demo/demo.scap").ProviderPath
    $slowest = '2.520124749s'
}

Describe 'Spans in the pipeline' {
    It 'sorts by duration' {
        $sorted = @(Get-TracerSpan -Path $demo -State Finished | Sort-Object -Property Duration -Descending)
        $sorted.Count | Should -Be 389
        "$($sorted[0].Duration)" | Should -Be $slowest
        $sorted[0].Tag | Should -Be 'download_handler'
        for ($i = 1; $i -lt $sorted.Count; $i++) {
            $sorted[$i].Duration.Nanoseconds | Should -BeLessOrEqual $sorted[$i - 1].Duration.Nanoseconds
        }
    }

    It 'groups by tag' {
        $groups = @{}
        Get-TracerSpan -Path $demo -State Finished | Group-Object -Property Tag | ForEach-Object { $groups[$_.Name] = $_.Count }
        $groups.Count | Should -Be 8
        $groups['fib_handler.fib_calc'] | Should -Be 67
        $groups['download_handler.download_headers'] | Should -Be 20
        $groups['download_handler'] | Should -Be 19
        $groups['download_handler.download_write'] | Should -Be 15
    }

    It 'measures durations in seconds' {
        $measured = Get-TracerSpan -Path $demo -State Finished | Measure-Object -Property Duration -Sum -Average -Maximum
        $measured.Count | Should -Be 389
        [Math]::Abs([double] $measured.Sum - 33.430684941) | Should -BeLessThan 1e-6
        [Math]::Abs([double] $measured.Average - 33.430684941 / 389) | Should -BeLessThan 1e-9
        [Math]::Abs([double] $measured.Maximum - 2.520124749) | Should -BeLessThan 1e-9
    }

    It 'compares exactly in Where-Object, unquoted and quoted' {
        @(Get-TracerSpan -Path $demo | Where-Object Duration -gt 500ms).Count | Should -Be 16
        @(Get-TracerSpan -Path $demo | Where-Object Duration -gt 0.5s).Count | Should -Be 16
        @(Get-TracerSpan -Path $demo | Where-Object { $_.Duration -gt '500ms' }).Count | Should -Be 16
        @(Get-TracerSpan -Path $demo | Where-Object Duration -ge 2.520124749s).Count | Should -Be 1
        @(Get-TracerSpan -Path $demo | Where-Object Duration -gt 2.520124749s).Count | Should -Be 0
        @(Get-TracerSpan -Path $demo | Where-Object Duration -gt 10s).Count | Should -Be 0
    }

    It 'stops reading when Select-Object has enough' {
        $first = @(Get-TracerSpan -Path $demo | Select-Object -First 2)
        $first.Count | Should -Be 2
        @(Get-TracerEvent -Path $demo | Select-Object -First 3 -ExpandProperty Number) | Should -Be 1, 2, 3
    }

    It 'becomes JSON with whole nanoseconds' {
        $json = Get-TracerSpan -Path $demo -Id 4541 -MinDuration 1s | Where-Object Depth -eq 0 | ConvertTo-Json -Depth 4 | ConvertFrom-Json
        $json.Id | Should -Be 4541
        $json.Tag | Should -Be 'download_handler'
        $json.Duration.Nanoseconds | Should -Be 2520124749
        $json.Start.Nanoseconds | Should -Be 1482228001042878185
        $json.ParentTag | Should -BeNullOrEmpty
    }

    It 'becomes CSV with durations that read back exactly' {
        $file = Join-Path $TestDrive 'spans.csv'
        Get-TracerSpan -Path $demo | Export-Csv -Path $file
        $rows = @(Import-Csv -Path $file)
        $rows.Count | Should -Be 391
        @($rows | Where-Object State -eq 'Unfinished').Count | Should -Be 2
        @($rows | Where-Object Duration -eq $slowest).Count | Should -Be 1
        ([Tracers.Duration] ($rows | Where-Object Duration -eq $slowest).Duration).Nanoseconds | Should -Be 2520124749
    }
}

Describe 'Rows in the pipeline' {
    It 'has the keys first and plain numbers' {
        $csv = @(Measure-TracerIO -Path $demo -By SpanTag, FdType | ConvertTo-Csv)
        $csv[0] | Should -Be '"SpanTag","FdType","Calls","Bytes","ReadBytes","WriteBytes","FileBytes","NetworkBytes","Errors","Time","Fds"'
        $rows = @(Measure-TracerIO -Path $demo -By SpanTag | ConvertTo-Csv | ConvertFrom-Csv)
        $rows[0].SpanTag | Should -Be 'download_handler.download_write'
        $rows[0].Calls | Should -Be '392'
        $rows[0].Bytes | Should -Be '24576123'
    }

    It 'adds up' {
        $sum = Measure-TracerIO -Path $demo -By SpanTag | Measure-Object -Property Bytes, Calls -Sum
        ($sum | Where-Object Property -eq Bytes).Sum | Should -Be 24598340
        ($sum | Where-Object Property -eq Calls).Sum | Should -Be 767
    }

    It 'sorts and selects by any sum' {
        $row = Measure-TracerIO -Path $demo -By SpanTag | Sort-Object -Property Bytes | Select-Object -First 1 -Property SpanTag, Bytes
        $row.SpanTag | Should -Be 'fib_handler'
        $row.Bytes | Should -Be 374
    }

    It 'becomes JSON with numbers' {
        $json = Measure-TracerIO -Path $demo -By SpanTag | Select-Object -First 1 | ConvertTo-Json | ConvertFrom-Json
        $json.SpanTag | Should -Be 'download_handler.download_write'
        $json.Bytes | Should -Be 24576123
    }

    It 'sums what other commands leave of the events' {
        $rows = @(Get-TracerEvent -Path $demo | Where-Object SpanTag -eq 'fib_handler' | Measure-TracerIO -By SpanTag)
        $rows.Count | Should -Be 1
        $rows[0].Calls | Should -Be 67
        $rows[0].Bytes | Should -Be 374
    }

    It 'fits a console of 120 columns' {
        $text = Measure-TracerIO -Path $demo -By FdName | Out-String -Width 120
        ($text -split '\r?\n' | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }
}

Describe 'Files from Get-ChildItem' {
    BeforeAll {
        Copy-Item -LiteralPath $demo -Destination (Join-Path $TestDrive 'cap1.scap')
        Copy-Item -LiteralPath $demo -Destination (Join-Path $TestDrive 'other.scap')
        Rename-Item -LiteralPath (Join-Path $TestDrive 'other.scap') -NewName 'cap[1].scap'
    }

    It 'reads the file with brackets in its name and not the one that they match' {
        $paths = @(Get-ChildItem -LiteralPath (Join-Path $TestDrive 'cap[1].scap') | Get-TracerCapture | ForEach-Object Path)
        $paths.Count | Should -Be 1
        $paths[0] | Should -BeLike '*cap`[1`].scap'
    }

    It 'reads all files of a folder' {
        @(Get-ChildItem -Path (Join-Path $TestDrive '*.scap') | Get-TracerCapture).Count | Should -Be 2
        (Get-ChildItem -Path (Join-Path $TestDrive '*.scap') | Measure-TracerIO | Measure-Object -Property Bytes -Sum).Sum | Should -Be (2 * 24598340)
    }
}

Describe 'Tab and help' {
    It 'knows the properties of what a command writes' {
        $text = 'Get-TracerSpan x.scap | Where-Object { $_.Dur'
        (TabExpansion2 -inputScript $text -cursorColumn $text.Length).CompletionMatches.CompletionText | Should -Contain 'Duration'
    }

    It 'has examples for every command' {
        foreach ($command in (Get-Module -Name Tracers).ExportedCmdlets.Keys) {
            @((Get-Help -Name $command -Full).Examples.Example).Count | Should -BeGreaterOrEqual 2
        }
    }
}
