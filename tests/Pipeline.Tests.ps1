# What needs PowerShell's own modules: sorting, grouping, measuring, selecting and exporting what the commands write.
# The numbers are those that sysdig 0.29.3 gives for the same capture.

BeforeAll {
    Import-Module -Name "$PSScriptRoot/../Tracers.psd1" -Force -ErrorAction Stop
    $service = (Resolve-Path -LiteralPath "$PSScriptRoot/data/service.scap").ProviderPath
    $demo = (Resolve-Path -LiteralPath "$PSScriptRoot/../src/Tracers.Demo/demo.scap").ProviderPath
    $slowest = '2.520124749s'
}

Describe 'Spans in the pipeline' {
    It 'sorts by duration' {
        $sorted = @(Get-TracerSpan -Path $service -State Finished | Sort-Object -Property Duration -Descending)
        $sorted.Count | Should -Be 389
        "$($sorted[0].Duration)" | Should -Be $slowest
        $sorted[0].Tag | Should -Be 'download_handler'
        for ($i = 1; $i -lt $sorted.Count; $i++) {
            $sorted[$i].Duration.Nanoseconds | Should -BeLessOrEqual $sorted[$i - 1].Duration.Nanoseconds
        }
    }

    It 'groups by tag' {
        $groups = @{}
        Get-TracerSpan -Path $service -State Finished | Group-Object -Property Tag | ForEach-Object { $groups[$_.Name] = $_.Count }
        $groups.Count | Should -Be 8
        $groups['fib_handler.fib_calc'] | Should -Be 67
        $groups['download_handler.download_headers'] | Should -Be 20
        $groups['download_handler'] | Should -Be 19
        $groups['download_handler.download_write'] | Should -Be 15
    }

    It 'measures durations in seconds' {
        $measured = Get-TracerSpan -Path $service -State Finished | Measure-Object -Property Duration -Sum -Average -Maximum
        $measured.Count | Should -Be 389
        [Math]::Abs([double] $measured.Sum - 33.430684941) | Should -BeLessThan 1e-6
        [Math]::Abs([double] $measured.Average - 33.430684941 / 389) | Should -BeLessThan 1e-9
        [Math]::Abs([double] $measured.Maximum - 2.520124749) | Should -BeLessThan 1e-9
    }

    It 'compares exactly in Where-Object, unquoted and quoted' {
        @(Get-TracerSpan -Path $service | Where-Object Duration -gt 500ms).Count | Should -Be 16
        @(Get-TracerSpan -Path $service | Where-Object Duration -gt 0.5s).Count | Should -Be 16
        @(Get-TracerSpan -Path $service | Where-Object { $_.Duration -gt '500ms' }).Count | Should -Be 16
        @(Get-TracerSpan -Path $service | Where-Object Duration -ge 2.520124749s).Count | Should -Be 1
        @(Get-TracerSpan -Path $service | Where-Object Duration -gt 2.520124749s).Count | Should -Be 0
        @(Get-TracerSpan -Path $service | Where-Object Duration -gt 10s).Count | Should -Be 0
    }

    It 'stops reading when Select-Object has enough' {
        $first = @(Get-TracerSpan -Path $service | Select-Object -First 2)
        $first.Count | Should -Be 2
        @(Get-TracerEvent -Path $service | Select-Object -First 3 -ExpandProperty Number) | Should -Be 1, 2, 3
    }

    It 'becomes JSON with whole nanoseconds' {
        $json = Get-TracerSpan -Path $service -Id 4541 -MinDuration 1s | Where-Object Depth -eq 0 | ConvertTo-Json -Depth 4 | ConvertFrom-Json
        $json.Id | Should -Be 4541
        $json.Tag | Should -Be 'download_handler'
        $json.Duration.Nanoseconds | Should -Be 2520124749
        $json.Start.Nanoseconds | Should -Be 1482228001042878185
        $json.ParentTag | Should -BeNullOrEmpty
        $json.Tags | Should -Be 'download_handler'
        $json.Arguments.file | Should -Be 'blob.bin'
        $json.EndArguments.code | Should -Be '200'
        $json.State | Should -Be 0
    }

    It 'becomes JSON with the names of states on demand' {
        $json = Get-TracerSpan -Path $service -State Unfinished | Select-Object -First 1 | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json
        $json.State | Should -Be 'Unfinished'
        $json.Duration | Should -BeNullOrEmpty
        $json.End | Should -BeNullOrEmpty
    }

    It 'becomes CSV with durations that read back exactly' {
        $file = Join-Path $TestDrive 'spans.csv'
        Get-TracerSpan -Path $service | Export-Csv -Path $file
        $rows = @(Import-Csv -Path $file)
        $rows.Count | Should -Be 391
        @($rows | Where-Object State -eq 'Unfinished').Count | Should -Be 2
        @($rows | Where-Object Duration -eq $slowest).Count | Should -Be 1
        ([Tracers.Duration] ($rows | Where-Object Duration -eq $slowest).Duration).Nanoseconds | Should -Be 2520124749
    }
}

Describe 'Events in the pipeline' {
    It 'groups by category as the capture counts' {
        $groups = @{}
        Get-TracerEvent -Path $service | Group-Object -Property Category | ForEach-Object { $groups[$_.Name] = $_.Count }
        $groups.Count | Should -Be 7
        $groups['net'] | Should -Be 2076
        $groups['file'] | Should -Be 1045
        $groups['other'] | Should -Be 780
        foreach ($row in (Get-TracerCapture -Path $service).Categories) {
            $groups[$row.Category] | Should -Be $row.Count
        }
    }

    It 'selects a range of time, with the moments of other objects and of Get-Date' {
        @(Get-TracerEvent -Path $service -After +2s -Before +3s).Count | Should -Be 877
        $start = (Get-TracerCapture -Path $service).Start
        @(Get-TracerEvent -Path $service -After ($start + [Tracers.Duration] '2s') -Before ($start + [Tracers.Duration] '3s')).Count | Should -Be 877
        @(Get-TracerEvent -Path $service -Before (Get-Date -Date '2016-12-20T00:00:00Z')).Count | Should -Be 0
        @(Get-TracerEvent -Path $service -After (Get-Date -Date '2016-12-20T00:00:00Z')).Count | Should -Be 6657
    }

    It 'skips and takes as Select-Object does' {
        $here = @(Get-TracerEvent -Path $service -Category net -Skip 10 -First 5 | ForEach-Object Number)
        $here | Should -Be 43, 44, 55, 56, 67
        @(Get-TracerEvent -Path $service -Category net | Select-Object -Skip 10 -First 5 -ExpandProperty Number) | Should -Be $here
    }

    It 'measures latencies in seconds and bytes as they are' {
        $measured = Get-TracerEvent -Path $service -Type sendto | Where-Object Latency | Measure-Object -Property Latency -Sum
        $measured.Count | Should -Be 409
        [Math]::Abs([double] $measured.Sum - 13.250739173) | Should -BeLessThan 1e-6
        (Get-TracerEvent -Path $service -Category file | Measure-Object -Property Bytes -Sum).Sum | Should -Be 44837438
    }

    It 'sorts by latency, the slowest first' {
        $slowest = Get-TracerEvent -Path $service -Category net | Where-Object Latency | Sort-Object -Property Latency -Descending | Select-Object -First 2
        $slowest[0].Latency.Nanoseconds | Should -BeGreaterOrEqual $slowest[1].Latency.Nanoseconds
    }

    It 'becomes JSON with its arguments and spans' {
        $json = Get-TracerEvent -Path $service -Type read -ProcessName python -Skip 1 -First 1 |
            Select-Object -ExcludeProperty Path -Property * | ConvertTo-Json -Depth 4 | ConvertFrom-Json
        $json.Number | Should -Be 604
        $json.Time.Nanoseconds | Should -Be 1482228000509768266
        $json.Type | Should -Be 'read'
        $json.Category | Should -Be 'file'
        $json.FdName | Should -Be '/srv/www/blob.bin'
        $json.Bytes | Should -Be 65536
        $json.Latency.Nanoseconds | Should -Be 9492
        $json.ErrorName | Should -BeNullOrEmpty
        $json.Arguments.res | Should -Be 65536
        $json.Spans | Should -Be 'download_handler', 'download_handler.download_write'
    }

    It 'becomes CSV and reads back' {
        $file = Join-Path $TestDrive 'events.csv'
        Get-TracerEvent -Path $service -Category file | Select-Object -Property Number, Type, Category, FdName, Bytes, Latency | Export-Csv -Path $file
        $rows = @(Import-Csv -Path $file)
        $rows.Count | Should -Be 1045
        $row = $rows | Where-Object Number -eq 604
        $row.Bytes | Should -Be '65536'
        $row.Latency | Should -Be '9.492us'
        ([Tracers.Duration] $row.Latency).Nanoseconds | Should -Be 9492
        ($rows | Where-Object Number -eq 603).Bytes | Should -Be ''
    }

    It 'lists the same lines on the pipeline and into a file' {
        $file = Join-Path $TestDrive 'demo.txt'
        Export-TracerCapture -Path $service -Format Text -Destination $file
        $lines = @(Get-Content -Path $file)
        $lines.Count | Should -Be 6657
        @(Compare-Object -ReferenceObject $lines -DifferenceObject @(Get-TracerEvent -Path $service -AsText)).Count | Should -Be 0
        $lines[0] | Should -BeLike '1 *:*:00.000000001 1 <NA> (0) > switch next=1201(python) *'
    }

    It 'fits a console of 120 columns' {
        $text = Get-TracerEvent -Path $service -First 500 | Out-String -Width 120
        ($text -split '\r?\n' | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }
}

Describe 'A capture in the pipeline' {
    It 'becomes JSON with its counts' {
        $json = Get-TracerCapture -Path $service | ConvertTo-Json -Depth 4 | ConvertFrom-Json
        $json.Events | Should -Be 7436
        $json.FinishedSpans | Should -Be 389
        $json.UnfinishedSpans | Should -Be 2
        $json.OrphanSpans | Should -Be 0
        $json.Categories[0].Category | Should -Be 'net'
        $json.Categories[0].Count | Should -Be 2076
        ($json.Types | Measure-Object -Property Count -Sum).Sum | Should -Be 6657
    }

    It 'has a table of its types' {
        $text = (Get-TracerCapture -Path $service).Types | Select-Object -First 3 | Format-Table | Out-String -Width 120
        $text | Should -Match 'Type\s+Category\s+Count'
    }
}

Describe 'Rows in the pipeline' {
    It 'has the keys first and plain numbers' {
        $csv = @(Measure-TracerIO -Path $service -By SpanTag, FdType | ConvertTo-Csv)
        $csv[0] | Should -Be '"SpanTag","FdType","Calls","Bytes","ReadBytes","WriteBytes","FileBytes","NetworkBytes","Errors","Time","Fds"'
        $rows = @(Measure-TracerIO -Path $service -By SpanTag | ConvertTo-Csv | ConvertFrom-Csv)
        $rows[0].SpanTag | Should -Be 'download_handler.download_write'
        $rows[0].Calls | Should -Be '392'
        $rows[0].Bytes | Should -Be '24576123'
    }

    It 'adds up' {
        $sum = Measure-TracerIO -Path $service -By SpanTag | Measure-Object -Property Bytes, Calls -Sum
        ($sum | Where-Object Property -eq Bytes).Sum | Should -Be 24598340
        ($sum | Where-Object Property -eq Calls).Sum | Should -Be 767
    }

    It 'sorts and selects by any sum' {
        $row = Measure-TracerIO -Path $service -By SpanTag | Sort-Object -Property Bytes | Select-Object -First 1 -Property SpanTag, Bytes
        $row.SpanTag | Should -Be 'fib_handler'
        $row.Bytes | Should -Be 374
    }

    It 'becomes JSON with numbers' {
        $json = Measure-TracerIO -Path $service -By SpanTag | Select-Object -First 1 | ConvertTo-Json | ConvertFrom-Json
        $json.SpanTag | Should -Be 'download_handler.download_write'
        $json.Bytes | Should -Be 24576123
    }

    It 'sums what other commands leave of the events' {
        $rows = @(Get-TracerEvent -Path $service | Where-Object SpanTag -eq 'fib_handler' | Measure-TracerIO -By SpanTag)
        $rows.Count | Should -Be 1
        $rows[0].Calls | Should -Be 67
        $rows[0].Bytes | Should -Be 374
    }

    It 'fits a console of 120 columns' {
        $text = Measure-TracerIO -Path $service -By FdName | Out-String -Width 120
        ($text -split '\r?\n' | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }
}

Describe 'Filters and fields in the pipeline' {
    It 'groups small objects by a field' {
        $groups = @(Get-TracerEvent -Path $demo -Filter 'fd.type=file and evt.dir=<' -Property proc.name, evt.type | Group-Object -Property evt.type | Sort-Object -Property Count -Descending)
        $groups.Count | Should -BeGreaterThan 2
        ($groups | Measure-Object -Property Count -Sum).Sum | Should -Be @(Get-TracerEvent -Path $demo -Filter 'fd.type=file and evt.dir=<').Count
        $groups[0].Name | Should -Be 'pread'
    }

    It 'becomes CSV with the names of the fields as its columns' {
        $csv = @(Get-TracerEvent -Path $demo -Filter 'evt.latency > 1ms' -Property evt.num, proc.name, evt.latency -First 5 | ConvertTo-Csv)
        $csv[0] | Should -Be '"evt.num","proc.name","evt.latency"'
        $csv.Count | Should -Be 6
        foreach ($row in $csv | ConvertFrom-Csv) { ([Tracers.Duration] $row.'evt.latency').Nanoseconds | Should -BeGreaterThan 1000000 }
    }

    It 'selects as Where-Object does' {
        $numbers = @(Get-TracerEvent -Path $service -Filter 'evt.latency > 10ms' | Select-Object -ExpandProperty Number)
        $numbers.Count | Should -BeGreaterThan 0
        $numbers | Should -Be @(Get-TracerEvent -Path $service | Where-Object Latency -gt 10ms | Select-Object -ExpandProperty Number)
    }

    It 'lists fields with what their class says' {
        $classes = Get-TracerField | Group-Object -Property Class
        $classes.Name | Sort-Object | Should -Be 'container', 'evt', 'evtin', 'fd', 'fdlist', 'group', 'proc', 'span', 'syscall', 'syslog', 'thread', 'user'
        $json = Get-TracerField -Name evt.latency | ConvertTo-Json | ConvertFrom-Json
        $json.Unit | Should -Be 'ns'
        $json.Example | Should -Not -BeNullOrEmpty
    }
}

Describe 'Calls in the pipeline' {
    It 'adds up to what events say' {
        $sum = Measure-TracerCall -Path $service | Measure-Object -Property Calls, Failed -Sum
        ($sum | Where-Object Property -eq Failed).Sum | Should -Be (Measure-TracerCall -Path $service -By ErrorName | Where-Object ErrorName | Measure-Object -Property Calls -Sum).Sum
        ($sum | Where-Object Property -eq Calls).Sum | Should -Be (Measure-TracerCall -Path $service -By proc.name | Measure-Object -Property Calls -Sum).Sum
    }

    It 'comes sorted as Sort-Object would' {
        $rows = @(Measure-TracerCall -Path $demo -OrderBy Failed)
        $rows.Failed | Should -Be @($rows | Sort-Object -Property Failed -Descending | Select-Object -ExpandProperty Failed)
    }

    It 'has a row for each interval that adds up to the whole' {
        $whole = Measure-TracerIO -Path $demo -By proc.name -IncludeUnattributed | Measure-Object -Property Bytes -Sum
        $parts = Measure-TracerIO -Path $demo -By proc.name -IncludeUnattributed -Interval 1s
        ($parts | Measure-Object -Property Bytes -Sum).Sum | Should -Be $whole.Sum
        @($parts | Group-Object -Property IntervalStart).Count | Should -BeGreaterThan 3
    }
}

Describe 'Spans taken apart in the pipeline' {
    It 'adds up to the duration of each' {
        foreach ($span in Get-TracerSpan -Path $demo -State Finished -IO) {
            $parts = 'FileTime', 'NetworkTime', 'PipeTime', 'WaitTime', 'OtherTime', 'RestTime' | ForEach-Object { $span.$_.Nanoseconds }
            ($parts | Measure-Object -Sum).Sum | Should -Be $span.Duration.Nanoseconds
        }
    }

    It 'leads from slow spans to their events and their files' {
        $slow = Get-TracerSpan -Path $demo | Where-Object Duration -gt 500ms
        $events = @($slow | Get-TracerEvent -Type pread | Where-Object Direction -eq '<')
        $files = $slow | Measure-TracerIO -By FdName, Syscall
        ($files | Where-Object Syscall -eq pread | Measure-Object -Property Calls -Sum).Sum | Should -Be $events.Count
        ($files | Where-Object Syscall -eq pread | Sort-Object -Property Bytes -Descending)[0].FdName | Should -BeLike '*/disk.img'
    }

    It 'sums as Measure-Object does, whatever selected the spans' {
        $row = Get-TracerSpan -Path $service -State Finished -Tag fib_handler | Where-Object Depth -eq 0 | Measure-TracerSpan -By Root
        $measured = Get-TracerSpan -Path $service -State Finished -Tag fib_handler | Where-Object Depth -eq 0 | Measure-Object -Property Duration -Sum -Maximum
        $row.Count | Should -Be $measured.Count
        [Math]::Abs($row.Total.Nanoseconds / 1e9 - $measured.Sum) | Should -BeLessThan 1e-6
        [Math]::Abs($row.Maximum.Nanoseconds / 1e9 - $measured.Maximum) | Should -BeLessThan 1e-9
    }

    It 'becomes CSV with percentiles that read back exactly' {
        $rows = @(Measure-TracerSpan -Path $demo -By Root, Process | ConvertTo-Csv | ConvertFrom-Csv)
        $rows.Count | Should -Be 3
        foreach ($row in $rows) { ([Tracers.Duration] $row.P50).Nanoseconds | Should -BeLessOrEqual ([Tracers.Duration] $row.P99).Nanoseconds }
    }
}

Describe 'A comparison in the pipeline' {
    It 'finds nothing between a capture and itself' {
        @(Compare-TracerCapture -Reference $demo -Difference $demo -By SpanTag | Group-Object -Property Change).Name | Should -Be 'Same'
    }

    It 'ends a script with an error when a condition holds' {
        { Compare-TracerCapture $demo $demo -FailOn 'count >= 100%' } | Should -Throw -ErrorId 'ComparisonFailed,Tracers.Commands.CompareTracerCaptureCommand'
        $json = Compare-TracerCapture $demo $demo -FailOn 'count > 100%' | Select-Object -Property Tag, Change, PValue | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json
        $json.Count | Should -Be 9
        $json[0].Change | Should -Be 'Same'
        $json[0].PValue | Should -Be 1
    }
}

Describe 'The machine in the pipeline' {
    It 'groups descriptors by type, and connections by state' {
        $types = @{}
        Get-TracerFile -Path $demo -At +2s -ProcessName dotnet | Group-Object -Property Type | ForEach-Object { $types[$_.Name] = $_.Count }
        $types['file'] | Should -BeGreaterThan 5
        $states = Get-TracerConnection -Path $demo -At +2s -FdType ipv4 | Group-Object -Property State
        $states.Name | Sort-Object | Should -Be 'Connected', 'Listening'
    }

    It 'sorts processes by what they did' {
        $busy = Get-TracerProcess -Path $demo -At +2s | Sort-Object -Property Calls -Descending | Select-Object -First 1
        $busy.ProcessName | Should -Be 'dotnet'
        ($busy | ConvertTo-Json | ConvertFrom-Json).ProcessId | Should -Be 22041
    }
}

Describe 'A part of a capture' {
    It 'holds what was selected' {
        $part = Join-Path $TestDrive 'part.scap'
        Export-TracerCapture -Path $service -Filter 'fd.type=file' -Destination $part -Compress
        $expected = @(Get-TracerEvent -Path $service -Filter 'fd.type=file')
        $events = @(Get-TracerEvent -Path $part -Filter 'fd.type=file')
        $events.Count | Should -Be $expected.Count
        @(Compare-Object -ReferenceObject $expected.FdName -DifferenceObject $events.FdName).Count | Should -Be 0
        ($events | Measure-Object -Property Bytes -Sum).Sum | Should -Be ($expected | Measure-Object -Property Bytes -Sum).Sum
    }

    It 'keeps durations of the slow spans, and hides names on demand' {
        $part = Join-Path $TestDrive 'slow.scap'
        $slow = @(Get-TracerSpan -Path $service -State Finished | Where-Object Duration -gt 500ms)
        $slow | Export-TracerCapture -Destination $part -Anonymize
        $spans = @(Get-TracerSpan -Path $part -State Finished | Where-Object Duration -gt 500ms)
        @(Compare-Object -ReferenceObject $slow -DifferenceObject $spans -Property Tag, Duration).Count | Should -Be 0
        @(Get-TracerEvent -Path $part | Where-Object FdName -like '*blob.bin*').Count | Should -Be 0
    }
}

Describe 'Files from Get-ChildItem' {
    BeforeAll {
        Copy-Item -LiteralPath $service -Destination (Join-Path $TestDrive 'cap1.scap')
        Copy-Item -LiteralPath $service -Destination (Join-Path $TestDrive 'other.scap')
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

Describe 'Pictures and exports' {
    It 'has cells that sort, group and add up' {
        $cells = @(Show-TracerSpectrogram -Path $service -PassThru)
        ($cells | Measure-Object -Property Count -Sum).Sum | Should -Be 389
        $most = ($cells | Sort-Object -Property Count -Descending | Select-Object -First 1)
        $most.Spans.Count | Should -Be $most.Count
        @($cells | Group-Object -Property Start).Count | Should -BeGreaterThan 1
    }

    It 'writes a picture into a file without escape codes, also where the terminal has colours' {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Host'
            $file = Join-Path $TestDrive 'picture.txt'
            Show-TracerSpectrogram -Path $service > $file
            $text = Get-Content -LiteralPath $file -Raw
            $text | Should -Match 'spans in a cell: '
            $text | Should -Not -Match ([char] 27)
        }
        finally {
            $PSStyle.OutputRendering = $before
        }
    }

    It 'writes CSV and JSON that are read back' {
        $csv = Join-Path $TestDrive 'spans.csv'
        $json = Join-Path $TestDrive 'spans.json'
        Export-TracerSpan -Path $service -State Finished -Format Csv -Destination $csv
        Export-TracerSpan -Path $service -State Finished -Format Json -Destination $json
        $durations = @(Get-TracerSpan -Path $service -State Finished | ForEach-Object { $_.Duration.Nanoseconds })
        @(Import-Csv -LiteralPath $csv | ForEach-Object { [long] $_.Duration }) | Should -Be $durations
        @((Get-Content -LiteralPath $json -Raw | ConvertFrom-Json) | ForEach-Object Duration) | Should -Be $durations
    }

    It 'writes a page of any file that Get-ChildItem finds' {
        $page = Get-Item -LiteralPath $demo | Export-TracerReport -Destination $TestDrive -PassThru
        $page.Name | Should -Be 'demo.html'
        $page.Length | Should -BeLessThan 600KB
    }
}

Describe 'Tab and help' {
    It 'knows the properties of what a command writes' {
        $text = 'Get-TracerSpan x.scap | Where-Object { $_.Dur'
        (TabExpansion2 -inputScript $text -cursorColumn $text.Length).CompletionMatches.CompletionText | Should -Contain 'Duration'
    }

    It 'completes tags of the capture on the line' {
        $text = "Get-TracerSpan -Path '$service' -Tag fib_h"
        $offered = (TabExpansion2 -inputScript $text -cursorColumn $text.Length).CompletionMatches
        $offered.CompletionText | Should -Be 'fib_handler', 'fib_handler.fib_calc', 'fib_handler.fib_headers', 'fib_headers'
        $offered[0].ToolTip | Should -BeLike 'fib_handler: 67 spans, *'
    }

    It 'has examples for every command' {
        foreach ($command in (Get-Module -Name Tracers).ExportedCmdlets.Keys) {
            @((Get-Help -Name $command -Full).Examples.Example).Count | Should -BeGreaterOrEqual 2
        }
    }
}
